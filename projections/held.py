"""What Redis holds of one generation, asked in bulk. For a blocking client."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import redis

from projections.expecting import Expected, Place
from projections.keys import prefix_of
from projections.scripts import text_of

_AT_ONCE: Final = 1000
_VERSION_LENGTH: Final = 8
_HELD: Final = ord("1")


class Held:
    """The keys of *generation*, over *client*."""

    def __init__(self, client: redis.Redis, generation: int) -> None:
        self._client = client
        self._prefix = prefix_of(generation)
        self._held = client.register_script(text_of("held"))

    def faults(self, wanted: Sequence[Expected]) -> Iterator[tuple[str, str]]:
        """Return what is wrong with the views of *wanted*: streams, and sentences."""
        values: list[Any] = self._client.mget([each.key for each in wanted]) if wanted else []
        for each, value in zip(wanted, values, strict=True):
            fault = _fault_of_view(each, value)
            if fault is not None:
                yield each.stream, fault

    def absences(self, places: Sequence[Place]) -> Iterator[tuple[str, str]]:
        """Return which of *places* are empty: streams, and sentences."""
        for first in range(0, len(places), _AT_ONCE):
            some = places[first : first + _AT_ONCE]
            keys, members = [key for _, key, _ in some], [member for _, _, member in some]
            flags = self._held(keys=keys, args=members)
            for (stream, key, member), flag in zip(some, flags, strict=True):
                if flag != _HELD:
                    yield stream, f"{name_of(key)} does not list {member}."

    def keys(self) -> Iterator[bytes]:
        """Return every key of the generation, in no order, some more than once."""
        yield from self._client.scan_iter(match=f"{self._prefix}*", count=_AT_ONCE)

    def size(self, key: bytes) -> int:
        """Return how many members the list at *key* has."""
        return int(self._client.zcard(key))

    def members(self, key: bytes) -> Iterator[str]:
        """Return every member of the list at *key*, some more than once."""
        for member, _ in self._client.zscan_iter(key, count=_AT_ONCE):
            yield member.decode() if isinstance(member, bytes) else member


def _fault_of_view(wanted: Expected, value: bytes | None) -> str | None:
    if value == wanted.value:
        return None
    if value is None:
        return f"{wanted.stream} has no view."
    has, should = value[:_VERSION_LENGTH], wanted.value[:_VERSION_LENGTH]
    if has == should:
        return f"{wanted.stream} is shown with other bytes than the log leads to."
    return f"{wanted.stream} is shown at version {int(has, 16)}, not {int(should, 16)}."


def name_of(key: bytes) -> str:
    """Return the name of the list at *key* without its generation."""
    return key.decode().partition(":")[2]

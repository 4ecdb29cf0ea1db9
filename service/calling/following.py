"""
A stream that outlives its connection: whoever follows it misses nothing, and sees nothing twice.

Each line tells its position in the log, heartbeats included. Where the connection breaks, the
stream is asked for again after the last position that was told.
"""

from collections.abc import Callable, Iterator
from threading import Event
from typing import Any, Final

import msgspec

from service.calling import ApiRefused, Unreachable
from service.calling.client import Client, Form

HEARTBEAT: Final = "heartbeat"
_FIRST_PAUSE_S: Final = 0.2
_PAUSE_MAX_S: Final = 5.0
# A refusal of these kinds passes: one in the middle of a stream, too many calls, a bad moment.
_OK: Final = 200
_TOO_MANY: Final = 429
_SERVER_ERROR: Final = 500


class Line(msgspec.Struct, frozen=True):
    """A line of a stream: what it is, its position, the event in it as it came, and all of it."""

    object: str
    position: int
    event: msgspec.Raw = msgspec.Raw()
    text: bytes = b""


_decode: Final = msgspec.json.Decoder(Line).decode


def followed(client: Client, path: str, query: Form, say: Callable[[str], None]) -> Iterator[Line]:
    """
    Give the lines of a stream that has no end, over as many connections as it takes.

    *say* is told where one breaks, and where it goes on. One that cannot be had at first is
    not waited for. With `until` in *query*, the stream has an end after all.
    """
    asked: dict[str, Any] = dict(query)
    begun, pauses = False, _Pauses(say)
    while True:
        try:
            for line in read(client, path, asked):
                pauses.end(asked.get("after"))
                begun, asked["after"] = True, line.position
                yield line
        except (Unreachable, ApiRefused) as reason:
            if not begun or not _passes(reason):
                raise
            pauses.take(str(reason))
        else:
            if asked.get("until") is not None:
                return
            pauses.take(f"{client.base_url} has ended the stream.")


class _Pauses:
    """What is waited between connections, longer each time, and said of it: once."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._taken = 0

    def take(self, why: str) -> None:
        if not self._taken:
            self._say(f"{why} Trying again.")
        Event().wait(min(_FIRST_PAUSE_S * 2**self._taken, _PAUSE_MAX_S))
        self._taken += 1

    def end(self, after: int | None) -> None:
        if self._taken:
            self._say(f"Going on after position {after}.")
        self._taken = 0


def read(client: Client, path: str, query: Form) -> Iterator[Line]:
    """Give the lines of a stream, over one connection."""
    for text in client.lines(path, query):
        try:
            line = _decode(text)
        except msgspec.DecodeError:
            raise Unreachable(f"no answer from {client.base_url} (a line of no Seti's).") from None
        yield msgspec.structs.replace(line, text=text)


def _passes(reason: Exception) -> bool:
    if not isinstance(reason, ApiRefused):
        return True
    return reason.status in {_OK, _TOO_MANY} or reason.status >= _SERVER_ERROR

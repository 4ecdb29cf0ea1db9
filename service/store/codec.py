"""
How an event looks at rest: a topic, which is a stable name, and a state, which is JSON.

The topic is the name of the event's class. When a shape changes, the new shape is called
`Name.2`, and an upcaster from `Name` to `Name.2` is added to `UPCASTERS` and stays for ever.
Renaming a class would orphan its history; the golden events in the tests forbid it.

The state is the event's fields, preceded by the actor under the key `_` where there was one.
The actor comes first so that its presence can be told from the first bytes, which nothing
that a caller wrote can forge.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, get_args

import msgspec

from service.domain.events import Event
from service.domain.recorded import Recorded
from service.domain.values import SYSTEM, Actor, replace
from service.store.protocol import Append

# What is stored of one event: (stream, version, topic, state).
Row: TypeAlias = tuple[str, int, str, bytes]
# A row as the notification log gives it: (position, stream, version, topic, state).
PlacedRow: TypeAlias = tuple[int, str, int, str, bytes]

_ACTOR_FIRST: Final = b'{"_":'


@dataclass(frozen=True, slots=True)
class Upcaster:
    """Turns the fields of an old shape, as they were stored, into those of shape *to*."""

    to: str
    change: Callable[[dict[str, Any]], dict[str, Any]]


# By the topic of the old shape. No shape is old yet.
UPCASTERS: Final[Mapping[str, Upcaster]] = {}


class UnreadableEvent(Exception):
    """The log holds an event that this version of Seti does not know, or that is damaged."""


class _StoredActor(msgspec.Struct, omit_defaults=True):
    request: str | None = None
    idempotency_key: str | None = None
    key: str | None = None
    address: str | None = None


class _WithActor(msgspec.Struct):
    actor: Actor = msgspec.field(name="_", default=SYSTEM)


class Codec:
    """Turns events into rows and rows into events. *upcasters* are by the old shape's topic."""

    def __init__(self, upcasters: Mapping[str, Upcaster] = UPCASTERS) -> None:
        self._upcasters = upcasters
        self._class_of: dict[str, type[Event]] = {
            self._newest(event.__name__): event for event in get_args(Event)
        }
        self._topic_of = {event: topic for topic, event in self._class_of.items()}
        self._decoders = {t: msgspec.json.Decoder(c) for t, c in self._class_of.items()}
        self._actor = msgspec.json.Decoder(_WithActor)
        self._encode = msgspec.json.Encoder().encode

    def topic(self, event: type[Event]) -> str:
        """Return the name under which an *event* is stored today."""
        return self._topic_of[event]

    def spellings(self, topics: Sequence[str]) -> list[str]:
        """Return *topics* and the topics of the older shapes that are read as them."""
        old = (topic for topic in self._upcasters if self._newest(topic) in topics)
        return [*topics, *old]

    def rows(self, appends: Sequence[Append], actor: Actor) -> list[Row]:
        """Return what is stored of *appends*, in their order."""
        head = self._head(actor)
        return [
            (append.stream, version, self._topic_of[type(event)], self._state(event, head))
            for append in appends
            for version, event in enumerate(append.events, append.expected_version + 1)
        ]

    def recorded(self, row: PlacedRow) -> Recorded:
        """Return the event of a stored *row*. Raise `UnreadableEvent`."""
        found, state = self.event(row), row[-1]
        if not state.startswith(_ACTOR_FIRST):
            return found
        try:
            return replace(found, actor=self._actor.decode(state).actor)
        except msgspec.DecodeError as error:
            raise _unreadable(row, error) from error

    def event(self, row: PlacedRow) -> Recorded:
        """Return what `recorded` returns, at half the price, with nobody for its actor."""
        position, stream, version, topic, state = row
        try:
            decoder = self._decoders.get(topic)
            if decoder is None:
                topic, event = self._upcast(topic, state)
            else:
                event = decoder.decode(state)
        except (msgspec.DecodeError, UnicodeDecodeError, KeyError) as error:
            raise _unreadable(row, error) from error
        return Recorded(stream, version, position, topic, event, SYSTEM)

    def _state(self, event: Event, head: bytes) -> bytes:
        state = self._encode(event)
        return head + state[1:] if head else state

    def _head(self, actor: Actor) -> bytes:
        known = self._encode(
            _StoredActor(actor.request, actor.idempotency_key, actor.key, actor.address)
        )
        return _ACTOR_FIRST + known + b"," if len(known) > len(b"{}") else b""

    def _upcast(self, topic: str, state: bytes) -> tuple[str, Event]:
        fields = msgspec.json.decode(state, type=dict[str, Any])
        for step in self._steps(topic):
            topic, fields = step.to, step.change(fields)
        return topic, msgspec.convert(fields, self._class_of[topic])

    def _steps(self, topic: str) -> Iterator[Upcaster]:
        while (step := self._upcasters.get(topic)) is not None:
            yield step
            topic = step.to

    def _newest(self, topic: str) -> str:
        for step in self._steps(topic):
            topic = step.to
        return topic


def _unreadable(row: PlacedRow, error: Exception) -> UnreadableEvent:
    position, _, _, topic, _ = row
    return UnreadableEvent(f"{topic} at position {position} cannot be read: {error}")

"""
How an event looks at rest: a topic, which is a stable name, and a state, which is JSON.

The topic is the name of the event's class. When a shape changes, the new shape is called
`Name.2`, and an upcaster from `Name` to `Name.2` is added to `UPCASTERS` and stays for ever.
Renaming a class would orphan its history; the golden events in the tests forbid it.

The state is JSON: see `states`. States that were stored before anything was hidden in them stay
readable as they are.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias, get_args

import msgspec

from service.domain.events import Event
from service.domain.personal import left_of, left_of_actor
from service.domain.recorded import Recorded
from service.domain.values import SYSTEM, Actor, replace
from service.hiding import Hiding
from service.sealing import BrokenSeal
from service.store import states
from service.store.beside import Beside
from service.store.protocol import Append

# What is stored of one event: (stream, version, topic, state).
Row: TypeAlias = tuple[str, int, str, bytes]
# A row as the log gives it: (position, stream, version, topic, state, seed). The seed is that of
# what is hidden in the state: empty where it is missing, None where nothing is hidden.
PlacedRow: TypeAlias = tuple[int, str, int, str, bytes, bytes | None]


@dataclass(frozen=True, slots=True)
class Upcaster:
    """Turns the fields of an old shape, as they were stored, into those of shape *to*."""

    to: str
    change: Callable[[dict[str, Any]], dict[str, Any]]


# By the topic of the old shape. No shape is old yet.
UPCASTERS: Final[Mapping[str, Upcaster]] = {}


class UnreadableEvent(Exception):
    """The log holds an event that this version of Seti does not know, or that is damaged."""


class Stored(NamedTuple):
    """What is stored of some events, and what is kept *beside* them, if anything is."""

    rows: list[Row]
    beside: Beside | None


class Codec:
    """
    Turns events into rows and rows into events. *upcasters* are by the old shape's topic.

    Without *hiding* nothing is hidden, and what is hidden cannot be read.
    """

    def __init__(
        self, upcasters: Mapping[str, Upcaster] = UPCASTERS, hiding: Hiding | None = None
    ) -> None:
        self._upcasters = upcasters
        self._hiding = hiding
        self._class_of: dict[str, type[Event]] = {
            self._newest(event.__name__): event for event in get_args(Event)
        }
        self._topic_of = {event: topic for topic, event in self._class_of.items()}
        self._decoders = {t: msgspec.json.Decoder(c) for t, c in self._class_of.items()}

    def topic(self, event: type[Event]) -> str:
        """Return the name under which an *event* is stored today."""
        return self._topic_of[event]

    def spellings(self, topics: Sequence[str]) -> list[str]:
        """Return *topics* and the topics of the older shapes that are read as them."""
        old = (topic for topic in self._upcasters if self._newest(topic) in topics)
        return [*topics, *old]

    def stored(self, appends: Sequence[Append], actor: Actor) -> Stored:
        """Return what is stored of *appends*, in their order."""
        if self._hiding is not None:
            return self._hidden(self._hiding, appends, actor)
        head = states.head_of(actor)
        rows = [
            (append.stream, version, self._topic_of[type(event)], _state(event, head))
            for append in appends
            for version, event in enumerate(append.events, append.expected_version + 1)
        ]
        return Stored(rows, None)

    def _hidden(self, hiding: Hiding, appends: Sequence[Append], actor: Actor) -> Stored:
        head, beside = states.head_of(actor), Beside()
        rows: list[Row] = []
        is_person = left_of_actor(actor) is not actor
        for append in appends:
            stream = append.stream
            for version, event in enumerate(append.events, append.expected_version + 1):
                topic = self._topic_of[type(event)]
                left = left_of(event)
                if left or is_person:
                    place = _place(stream, version, topic)
                    seed, state = states.concealed(hiding, event, left, actor, place)
                    beside.seeds.append((len(rows), seed))
                else:
                    state = _state(event, head)
                beside.note(stream, event)
                rows.append((stream, version, topic, state))
        return Stored(rows, beside if beside.any() else None)

    def recorded(self, row: PlacedRow) -> Recorded:
        """Return the event of a stored *row*. Raise `UnreadableEvent`."""
        row = self._shown(row)
        found, state = self.event(row), row[4]
        if not state.startswith(states.ACTOR_FIRST):
            return found
        try:
            return replace(found, actor=states.actor_in(state))
        except msgspec.DecodeError as error:
            raise _unreadable(row, error) from error

    def event(self, row: PlacedRow) -> Recorded:
        """Return what `recorded` returns, at half the price, with nobody for its actor."""
        position, stream, version, topic, state, seed = row
        if seed is not None:
            state = self._shown(row)[4]
        try:
            decoder = self._decoders.get(topic)
            if decoder is None:
                topic, event = self._upcast(topic, state)
            else:
                event = decoder.decode(state)
        except (msgspec.DecodeError, UnicodeDecodeError, KeyError) as error:
            raise _unreadable(row, error) from error
        return Recorded(stream, version, position, topic, event, SYSTEM)

    def _shown(self, row: PlacedRow) -> PlacedRow:
        """Return *row* with nothing hidden in it."""
        position, stream, version, topic, state, seed = row
        if seed is None:
            return row
        try:
            place = _place(stream, version, topic)
            state = states.shown(self._hiding, state, seed, place)
        except (BrokenSeal, states.NotToBeShown, ValueError) as error:
            raise _unreadable(row, error) from error
        return position, stream, version, topic, state, None

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


def _state(event: Event, head: bytes) -> bytes:
    state = states.encode(event)
    return head + state[1:] if head else state


def _place(stream: str, version: int, topic: str) -> str:
    return f"{stream} {version} {topic}"


def _unreadable(row: PlacedRow, error: Exception) -> UnreadableEvent:
    position, _, _, topic, *_ = row
    return UnreadableEvent(f"{topic} at position {position} cannot be read: {error}")

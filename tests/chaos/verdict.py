"""
Whether a run kept its promises: every check has a name, and says what it found.

The ledger is held against what subscribers have written down, and the log against what
callers were answered. Nothing is asked of the server that it could tell wrongly twice.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from tests.chaos.callers import TYPES, Call
from tests.chaos.faults import Trouble
from tests.chaos.ledger import Pair
from tests.chaos.subscribers import Subscriber

# Where a delivery may end: it was taken, or it is stated why it is not attempted any more.
ENDED: Final = frozenset({"delivered", "exhausted", "parked", "cancelled", "blocked"})
_SHOWN_MAX: Final = 3


class Check(NamedTuple):
    """One promise, and what breaks it. It is kept where there is nothing in *broken_by*."""

    promise: str
    broken_by: Collection[object]

    @property
    def kept(self) -> bool:
        return not self.broken_by

    def __str__(self) -> str:
        if self.kept:
            return self.promise
        some = ", ".join(map(str, list(self.broken_by)[:_SHOWN_MAX]))
        return f"NOT {self.promise}: {len(self.broken_by)} times, as {some}"


class Duplicate(NamedTuple):
    """What was acknowledged at an instant (monotonic seconds), and *again* at a later one."""

    pair: Pair
    first: float
    again: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """
    What there is when everything has ended.

    *orders* gives the orders of each listed intent by its id, *events* what each event is
    about, and *states* is the ledger. *since* is the first call that a subscriber hears of.
    Then everybody is well, and what was not delivered is replayed: *mended* is the ledger after
    that. *copied* is what was replayed to somebody *elsewhere* while things were broken, each
    event and what has become of it.
    """

    calls: Sequence[Call]
    subscribers: Sequence[Subscriber]
    troubles: Sequence[Trouble]
    orders: Sequence[tuple[str, str]]
    events: Mapping[str, str]
    states: Mapping[Pair, str]
    since: Mapping[str, int]
    mended: Mapping[Pair, str]
    elsewhere: Subscriber
    copied: Sequence[tuple[str, str]]

    @property
    def everybody(self) -> Sequence[Subscriber]:
        return [*self.subscribers, self.elsewhere]

    def expected(self, subscriber: Subscriber) -> Iterator[Pair]:
        """Give what is to be delivered to *subscriber*."""
        numbers = {call.intent: call.number for call in self.calls}
        since = self.since[subscriber.name]
        for event_id, intent in self.events.items():
            if numbers.get(intent, -1) >= since:
                yield Pair(event_id, subscriber.endpoint_id)

    def is_acknowledged(self, pair: Pair) -> bool:
        """Say whether whom *pair* names says that it has heard of it."""
        named = (one for one in self.subscribers if one.endpoint_id == pair.endpoint_id)
        return any(one.acknowledged(pair.event_id) for one in named)

    def duplicates(self, subscriber: Subscriber) -> Iterator[Duplicate]:
        """Give what *subscriber* acknowledged again."""
        for event_id in subscriber.heard:
            pair = Pair(event_id, subscriber.endpoint_id)
            for first, again in pairwise(subscriber.acknowledged(event_id)):
                yield Duplicate(pair, first, again)

    def under_way(self, trouble: Trouble) -> int:
        """Return how much was acknowledged when *trouble* came, and not yet written down."""
        return sum(
            any(at <= trouble.ended for at in one.acknowledged(event_id))
            for one in self.subscribers
            for event_id in one.heard
            if Pair(event_id, one.endpoint_id) in trouble.open
        )

    def cause(self, duplicate: Duplicate) -> Trouble | None:
        """Return the fault that came in between, and found the delivery under way."""
        for trouble in self.troubles:
            is_between = duplicate.first <= trouble.ended and trouble.began <= duplicate.again
            if is_between and duplicate.pair in trouble.open:
                return trouble
        return None


def checks(after: Aftermath) -> list[Check]:
    """Return what was promised of a run, and whether it is so."""
    return [
        Check("every fault was overcome", [t.name for t in after.troubles if not t.is_over]),
        Check("every call was answered", [c.order for c in after.calls if c.intent is None]),
        Check("what was answered is in the log, once, and nothing else", _misbooked(after)),
        Check("every card saved led to its events", _miscounted(after)),
        Check("every event has its delivery to every subscriber", _mismatched(after)),
        Check("every delivery has ended", _unended(after)),
        Check("what is delivered was acknowledged", _unheard(after)),
        Check("who is well heard of everything", _missed(after)),
        Check("what came twice was under way at a fault", _unexplained(after)),
        Check("what was not delivered came when it was replayed", _unmended(after)),
        Check("what was replayed elsewhere came there", _uncopied(after)),
        Check("every signature holds", [one.name for one in after.everybody if one.forged]),
    ]


def _misbooked(after: Aftermath) -> set[tuple[str, str]]:
    """Return what is booked and was not answered, the other way round, or booked twice."""
    answered = {(call.intent or "", call.order) for call in after.calls}
    times = Counter(order for _, order in after.orders)
    twice = {one for one in after.orders if times[one[1]] > 1}
    return (answered ^ set(after.orders)) | twice


def _miscounted(after: Aftermath) -> list[str]:
    told = Counter(after.events.values())
    return [c.order for c in after.calls if told[c.intent or ""] != len(TYPES)]


def _mismatched(after: Aftermath) -> set[Pair]:
    expected = {pair for one in after.subscribers for pair in after.expected(one)}
    return expected ^ set(after.states)


def _unended(after: Aftermath) -> list[tuple[Pair, str]]:
    return [(pair, state) for pair, state in after.states.items() if state not in ENDED]


def _unheard(after: Aftermath) -> list[Pair]:
    return [
        pair
        for pair, state in after.states.items()
        if state == "delivered" and not after.is_acknowledged(pair)
    ]


def _missed(after: Aftermath) -> list[Pair]:
    return [
        pair
        for one in after.subscribers
        if one.is_well
        for pair in after.expected(one)
        if not one.acknowledged(pair.event_id) or after.states.get(pair) != "delivered"
    ]


def _unexplained(after: Aftermath) -> list[Duplicate]:
    return [
        duplicate
        for one in after.subscribers
        for duplicate in after.duplicates(one)
        if after.cause(duplicate) is None
    ]


def _unmended(after: Aftermath) -> list[tuple[Pair, str]]:
    return [
        (pair, state)
        for pair, state in after.mended.items()
        if state != "delivered" or not after.is_acknowledged(pair)
    ]


def _uncopied(after: Aftermath) -> list[tuple[str, str]]:
    return [
        (event_id, state)
        for event_id, state in after.copied
        if state != "delivered" or not after.elsewhere.acknowledged(event_id)
    ]

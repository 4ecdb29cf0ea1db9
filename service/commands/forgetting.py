"""
Forgetting a customer: which streams tell of it, and what is written in each.

What is theirs is found by following what belongs to what, from the log alone. A stream that
was another customer's and never theirs is passed over, with all that belongs to it: a card
that was declined for the one may have been saved by the other.

Each stream is told of by an event of its own, in whose transaction its keys are destroyed.
So every follower of the log shows it anew, whatever it had at hand from before.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from service.commands.deciders import is_stream
from service.commands.unit import Unit
from service.domain.belonging import customers_in, told_in
from service.domain.events import Event, PersonalDataForgotten
from service.domain.personal import left_of
from service.store.protocol import EventStore

Work: TypeAlias = Callable[[Unit], Awaitable[None]]

_AT_ONCE: Final = 256
# How many streams are forgotten in one transaction.
FORGOTTEN_AT_ONCE: Final = 500


@dataclass(slots=True)
class Theirs:
    """A customer's streams and how long they are, and those of them that tell of somebody."""

    versions: dict[str, int] = field(default_factory=dict)
    telling: list[str] = field(default_factory=list)


async def all_of(store: EventStore, customer: str) -> Theirs:
    """Return what is *customer*'s, the customer first."""
    found, seen, waiting = Theirs(), {customer}, [customer]
    while waiting:
        some, waiting = waiting[:_AT_ONCE], waiting[_AT_ONCE:]
        belonging = await _take(store, customer, some, found)
        fresh = sorted(name for name in belonging - seen if is_stream(name))
        seen.update(fresh)
        waiting += fresh
    return found


async def _take(
    store: EventStore, customer: str, streams: Sequence[str], found: Theirs
) -> set[str]:
    """Add those of *streams* that are *customer*'s to *found*; return what belongs to them."""
    histories = await store.load_many([(stream, None) for stream in streams])
    hidden = set(await store.hidden(streams))
    belonging: set[str] = set()
    taken = []
    for stream, history in zip(streams, histories, strict=True):
        events = [recorded.event for recorded in history]
        if not events or not _is_theirs(customer, events):
            continue
        taken.append(stream)
        found.versions[stream] = len(events)
        belonging |= told_in(events)
        if stream in hidden or _tells(events, always=stream == customer):
            found.telling.append(stream)
    return belonging.union(await store.belonging(taken))


def _is_theirs(customer: str, events: Sequence[Event]) -> bool:
    customers = customers_in(events)
    return not customers or customer in customers


def _tells(events: Sequence[Event], *, always: bool) -> bool:
    """Say whether *events* tell of somebody; what was stored in the clear does until forgotten."""
    places = [n for n, event in enumerate(events) if isinstance(event, PersonalDataForgotten)]
    if not places and always:
        return True
    since = places[-1] + 1 if places else 0
    return any(left_of(event) for event in events[since:])


async def forget(unit: Unit, streams: Sequence[str], at: int, customer: str) -> None:
    """Decide that what is personal in *streams* is forgotten, for *customer*."""
    await unit.load(*streams)
    for stream in streams:
        unit.note(stream, PersonalDataForgotten(subject_id=stream, at=at, customer=customer))

"""
Stripe events, folded from the log when they are asked for.

An event's id says which stream and which version it is; the list of ids is in Redis.
"""

from collections.abc import Container, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from msgspec import UNSET

from projections import indexes
from projections.announcement import announce_step
from projections.fold import show, steps
from service import config, ids
from service.api import heard_of, listing
from service.api.call import Call
from service.api.listing import Listed
from service.commands.aside import folded
from service.commands.path import Reply
from service.domain.announcements import ANNOUNCED_TYPES
from service.domain.default_versions import DefaultVersions, default_versions
from service.domain.deliveries import Unheard
from service.domain.errors import ResourceMissing
from service.domain.recorded import Recorded
from service.wire import versions
from service.wire.event_types import is_meant
from service.wire.expand import expansion_of
from service.wire.params.events import EventListParams, EventRetrieveParams
from service.wire.versions import Version

KIND: Final = "event"


class _Telling(NamedTuple):
    """In which *version* to tell events, else by which *defaults*; how many have yet to hear."""

    defaults: DefaultVersions
    version: Version | None
    pending: Mapping[str, int]


async def retrieve(call: Call) -> Reply:
    given = call.params(EventRetrieveParams)
    expansion_of(KIND, given.expand)
    name = call.named("id")
    (event,) = await told(call, [name])
    if event is None:
        raise ResourceMissing("event", name, param="id", absent=True)
    return Reply(200, event)


async def list_all(call: Call) -> Reply:
    given = call.params(EventListParams)
    wanted = _wanted(given)
    if not wanted:
        return listing.empty_page(call)

    async def bodies(members: Sequence[str]) -> list[bytes | None]:
        names = [indexes.event_of_member(member) for member in members]
        return await told(call, names)

    async def member_of(name: str) -> str | None:
        return await _member_of(call, name)

    listed = Listed(kind=KIND, noun="event", indexes=wanted, bodies=bodies, member_of=member_of)
    if given.delivery_success is True:
        listed = heard_of.acknowledged(call, listed)
    elif given.delivery_success is False:
        unheard = Unheard(
            owner=call.owner, types=_types(given), created=listing.bounds(given.created)
        )
        listed = heard_of.unacknowledged(call, listed, unheard, partial(told, call))
    return await listing.page(call, given, listed)


async def _member_of(call: Call, name: str) -> str | None:
    """Return the place of the event *name* in the lists of events, or None if it is not there."""
    place = ids.place_of_event(name)
    history = await call.house.store.load(place[0], until=place[1]) if place else []
    if place is None or len(history) != place[1] or not _is_own(call, history):
        return None
    last = history[-1]
    return (
        indexes.news_member(last.event.at, last.position, name) if _is_recent(call, last) else None
    )


def _wanted(given: EventListParams) -> Sequence[indexes.Index]:
    types = _types(given)
    return (indexes.EVENTS,) if types is None else [indexes.events_of_type(one) for one in types]


def _types(given: EventListParams) -> tuple[str, ...] | None:
    """Return the types that are asked for; None for all."""
    if given.type is not UNSET:
        patterns: Sequence[str] = (given.type,)
    elif given.types is not UNSET:
        patterns = given.types
    else:
        return None
    return tuple(
        one for one in sorted(ANNOUNCED_TYPES) if any(is_meant(one, each) for each in patterns)
    )


async def told(
    call: Call, names: Sequence[str], version: Version | None = None
) -> list[bytes | None]:
    """
    Return the events called *names* as their account was told them; None where it was not.

    They are in *version*, if one is named. A stream is read and folded once, however many of
    them are its: each tells of all that was before it.
    """
    wanted: dict[str, set[int]] = {}
    for stream, number in filter(None, map(ids.place_of_event, names)):
        wanted.setdefault(stream, set()).add(number)
    places = [(stream, max(numbers)) for stream, numbers in wanted.items()]
    *loaded, of_account = await call.house.store.load_many([*places, (call.owner.account, None)])
    histories = list(zip(loaded, wanted.values(), strict=True))
    asked = [one for history, numbers in histories for one in history if one.version in numbers]
    pending = await call.house.pending(call.owner, asked)
    telling = _Telling(default_versions(of_account), version, pending)
    found: dict[str, bytes] = {}
    for history, numbers in histories:
        found |= await folded(partial(_events, call, telling, numbers), history)
    return [found.get(name) for name in names]


def _events(
    call: Call, telling: _Telling, numbers: Container[int], history: Sequence[Recorded]
) -> dict[str, bytes]:
    """Return the caller's own events of *history* whose versions are *numbers*, by their ids."""
    if not _is_own(call, history):
        return {}
    found = {}
    for before, recorded, after in steps(history):
        if recorded.version not in numbers or not _is_recent(call, recorded):
            continue
        # What an event holds was told for its account as that was spoken to then, and changes
        # neither with who looks nor with when.
        told_in = telling.version or versions.named_or_default(
            telling.defaults.at(recorded.position)
        )
        name = ids.event_id(recorded.stream, recorded.version)
        event = announce_step(
            before,
            recorded,
            after,
            account=call.owner.account if call.principal.platform else None,
            api_version=str(told_in),
            pending_webhooks=telling.pending.get(name, 0),
        )
        if event is not None:
            found[name] = versions.encoded(told_in, event)
    return found


def _is_own(call: Call, history: Sequence[Recorded]) -> bool:
    shown = show(history[:1])
    return shown is not None and shown.owner == call.owner


def _is_recent(call: Call, recorded: Recorded) -> bool:
    return recorded.event.at > call.at - config.EVENTS_LISTED_S

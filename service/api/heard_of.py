"""
Lists of events by whether every endpoint has acknowledged them: `delivery_success`.

Those that some endpoint has not acknowledged are found in the ledger of deliveries, so that
a few among very many are found at once; above them are those that are not fanned out yet. All
others are found among all events, of which the ledger is asked many at a time: it knows nothing
of those that nobody is to hear of. Either is looked for in `config.LIST_LOOKS_S`, or not found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as other
from time import monotonic
from typing import Any, Final

from msgspec.structs import replace

from projections import indexes
from projections.views import Cut
from service import config
from service.api.call import Call
from service.api.listing import Bodies, Listed
from service.api.own.instants import CLOCK_SLACK_S, first_at
from service.domain.deliveries import NEWEST, EventPlace, Unheard
from service.domain.errors import TooManyEvents

_LOOKED_AT_MAX: Final = 2000
# What is not fanned out yet is a member of this list as it is of all events', after this.
_COMING: Final = "+"


def acknowledged(call: Call, listed: Listed) -> Listed:
    """Return *listed*, a list of events, without those that somebody has still to acknowledge."""
    until = monotonic() + config.LIST_LOOKS_S
    members = _Acknowledged(call, listed.indexes, until).members
    return other(listed, members=members, belongs=lambda event: not event["pending_webhooks"])


def unacknowledged(call: Call, listed: Listed, wanted: Unheard, bodies: Bodies) -> Listed:
    """
    Return *listed*, a list of events, with those alone that somebody has still to acknowledge.

    *bodies* gives events by their ids.
    """
    found, member_of = _Unacknowledged(call, listed.indexes, wanted), listed.member_of
    since, until = wanted.created

    async def of_members(members: Sequence[str]) -> list[bytes | None]:
        return await bodies([_event_of(member) for member in members])

    async def cursor(name: str) -> str | None:
        member = await member_of(name) if member_of else None
        return None if member is None else await found.member_of(name, member)

    def belongs(event: Any) -> bool:
        made: int = event["created"]
        is_of_then = (since is None or made >= since) and (until is None or made < until)
        return is_of_then and event["pending_webhooks"] != 0

    return other(
        listed,
        members=found.members,
        bodies=of_members,
        member_of=cursor,
        belongs=belongs,
    )


@dataclass(frozen=True, slots=True)
class _Acknowledged:
    """
    Members of the lists *found_in*, less those that the ledger knows to be waited for.

    They are looked for *until* an instant of the monotonic clock.
    """

    call: Call
    found_in: Sequence[indexes.Index]
    until: float

    async def members(self, cut: Cut) -> list[str]:
        found, step, backwards = list[str](), cut.limit, cut.before is not None
        while True:
            asked = other(cut, limit=step)
            some = await self.call.house.views.page(self.call.owner, self.found_in, asked)
            kept = await self._kept(some)
            found = [*kept, *found] if backwards else [*found, *kept]
            if len(some) < step or len(found) >= cut.limit:
                return found[-cut.limit :] if backwards else found[: cut.limit]
            if monotonic() > self.until:
                raise TooManyEvents
            cut = other(cut, before=some[0]) if backwards else other(cut, after=some[-1])
            step = min(step * 4, _LOOKED_AT_MAX)

    async def _kept(self, members: Sequence[str]) -> list[str]:
        names = {indexes.event_of_member(member): member for member in members}
        waited_for = await self.call.house.deliveries.unacknowledged(list(names))
        return [member for name, member in names.items() if name not in waited_for]


@dataclass(frozen=True, slots=True)
class _Unacknowledged:
    """Members of this list alone: they tell where the deliveries of each event are."""

    call: Call
    found_in: Sequence[indexes.Index]
    wanted: Unheard

    async def members(self, cut: Cut) -> list[str]:
        """Return a stretch: what is coming, and below that what was fanned out."""
        cursor = cut.after if cut.before is None else cut.before
        is_high = cursor is None or cursor.startswith(_COMING)
        if cut.before is not None:
            newer = [] if is_high else await self._fanned_out(cut, cut.before)
            missing = cut.limit - len(newer)
            return [*(await self._coming(cut))[-missing:], *newer] if missing else newer
        coming = await self._coming(cut) if is_high else []
        left = other(cut, limit=cut.limit - len(coming))
        return [*coming, *await self._fanned_out(left, cursor)]

    async def member_of(self, name: str, member: str) -> str:
        """Return the member for the event *name*, which is *member* among all events."""
        position = indexes.position_of_member(member)
        if position > self.call.house.deliveries.fanned_out:
            return _COMING + member
        return _member(name, await self.call.house.deliveries.event_place(name, position))

    async def _coming(self, cut: Cut) -> list[str]:
        """Return what is not fanned out yet of a stretch; of one before an event, all there is."""
        cursor = cut.after or cut.before or ""
        if cursor.startswith(_COMING):
            asked = other(cut, after=cut.after and cursor[1:], before=cut.before and cursor[1:])
        else:
            asked = other(cut, before=None, limit=_LOOKED_AT_MAX if cut.before else cut.limit)
        found = await self.call.house.views.page(self.call.owner, self.found_in, asked)
        fanned_out = self.call.house.deliveries.fanned_out
        return [_COMING + each for each in found if indexes.position_of_member(each) > fanned_out]

    async def _fanned_out(self, cut: Cut, cursor: str | None) -> list[str]:
        place = _place(cursor) if cursor and not cursor.startswith(_COMING) else NEWEST
        if cursor is None and cut.until is not None:
            until = await first_at(self.call.house.store, cut.until + CLOCK_SLACK_S)
            place = await self.call.house.deliveries.event_place("", until)
        since = max(0, (cut.since or 0) - CLOCK_SLACK_S) * 1000
        found = await self.call.house.deliveries.unheard(
            replace(self.wanted, since=since), place, cut.limit, newer=cut.before is not None
        )
        return [_member(*each) for each in found]


def _member(event: str, place: EventPlace) -> str:
    return ".".join([*map(str, place), event])


def _place(member: str) -> EventPlace:
    return EventPlace(*map(int, member.split(".")[:3]))


def _event_of(member: str) -> str:
    if member.startswith(_COMING):
        return indexes.event_of_member(member[1:])
    return member.rpartition(".")[2]

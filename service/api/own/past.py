"""
Objects as they were: what the API would have answered at some moment, to the letter.

The log is folded up to then, and shown by what shows objects now: in the version of the API
that is asked for, else in what was the account's default then; and what is expanded is
expanded to what that was then. As of an instant, everything is as it was at the end of that
second. As of a version, other objects are as they were once the command that made it was done.
A time that is still to come is refused, since nobody can say what will have been.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final

import msgspec

from projections import history as past
from projections.documents import render
from projections.fold import show
from service.api import presenting
from service.api.call import Call
from service.api.directory import Directory
from service.api.operation import Handler
from service.api.sight import OF_ACCOUNTS, Sight
from service.commands.aside import folded
from service.commands.path import Reply
from service.domain import account, moments
from service.domain.default_versions import default_versions
from service.domain.errors import ResourceMissing
from service.domain.moments import Moment, moment_of, upto
from service.domain.recorded import Recorded
from service.wire.bad_param import BadParam, shown
from service.wire.expand import expansion_of
from service.wire.params.history import AsOfParams
from service.wire.versions import named_or_default

# So many events at a time are read to find the last one of a command.
_STRETCH: Final = 16

_decode: Final = msgspec.json.Decoder().decode


@dataclass(frozen=True, slots=True)
class Kept:
    """
    Objects of a *kind* whose histories are shown.

    In errors they are called *noun*, and *part* is the path's part that names one; their ids
    begin with *prefix*. Of what *vanishes* nothing is shown once it is deleted.
    """

    kind: str
    noun: str
    part: str
    prefix: str
    vanishes: bool = False

    async def history(self, call: Call) -> Sequence[Recorded]:
        """Return what happened to the object that *call* names, or raise `ResourceMissing`."""
        name = call.named(self.part)
        found = await call.house.store.load(name) if name.startswith(self.prefix) else []
        first = show(found[:1])
        if first is None or first.owner != call.owner:
            raise self.missing(name)
        return found

    def missing(self, name: str) -> ResourceMissing:
        """Return what the API says where the object *name* is not there."""
        return ResourceMissing(self.noun, name, param=self.part, absent=True)


WEBHOOK_ENDPOINTS: Final = Kept(
    "webhook_endpoint", "webhook endpoint", "webhook_endpoint", "we_", vanishes=True
)


def as_of(kept: Kept) -> Handler:
    """Return the handler that shows an object as of a moment."""

    async def as_of(call: Call) -> Reply:
        """Show the object as it was at a moment, as the API would have answered then."""
        given = call.params(AsOfParams)
        return await answer(call, kept, given.at, given.expand)

    return as_of


async def answer(call: Call, kept: Kept, at: str, expand: Sequence[str] = ()) -> Reply:
    """Return the object that *call* names as it was *at* a moment."""
    expansion = expansion_of(kept.kind, expand)
    moment = _moment(call, at)
    history = await kept.history(call)
    if isinstance(moment, moments.Version) and moment.version > len(history):
        raise _no_such_version(at, len(history))
    there = upto(moment, history)
    view = await folded(past.as_of, there)
    if view is None or (kept.vanishes and view.get("deleted")):
        raise kept.missing(call.named(kept.part))
    around = await _around(call, moment, there[-1])
    if not call.names_version:
        call.version = named_or_default(await _default(call, around))
    seen = _then(call, around)
    return await presenting.of_body(call, render(view), kept.kind, expansion, seen)


def _moment(call: Call, text: str) -> moments.Instant | moments.Version:
    try:
        return moment_of(text, call.at)
    except ValueError as reason:
        raise BadParam(f"Invalid at: '{shown(text)}' {reason}", param="at") from None


def _no_such_version(at: str, last: int) -> ResourceMissing:
    return ResourceMissing(f"version from v1 to v{last}", at, param="at", absent=True)


async def _around(call: Call, moment: Moment, last: Recorded) -> Moment:
    """Return the *moment* for other streams: of a version, the end of what made it, *last*."""
    if not isinstance(moment, moments.Version):
        return moment
    position, wanted = last.position, (last.actor, last.event.at)
    while more := await call.house.store.notifications(position, _STRETCH):
        of_it = list(takewhile(lambda each: (each.actor, each.event.at) == wanted, more))
        position = of_it[-1].position if of_it else position
        if len(of_it) < len(more):
            break
    return moments.Position(position)


async def _default(call: Call, moment: Moment) -> str | None:
    """Return the version that the key's own account was spoken to in by default at *moment*."""
    speaker = call.principal.platform or call.owner.account
    events = upto(moment, await call.house.store.load(speaker))
    return default_versions(events).at(events[-1].position) if events else None


def _then(call: Call, moment: Moment) -> Sight:
    """Return the sight of the objects in an expansion's places as they were at *moment*."""

    async def history(stream: str) -> Sequence[Recorded]:
        return upto(moment, await call.house.store.load(stream))

    async def kept(name: str) -> dict[str, Any] | None:
        if name.startswith(OF_ACCOUNTS):
            return _account(call, name, await history(call.accounts.account_of(name)))
        found = show(await history(name))
        return _decode(render(found.view)) if found and found.owner == call.owner else None

    return Sight(call, kept, history)


def _account(call: Call, name: str, history: Sequence[Recorded]) -> dict[str, Any] | None:
    then = Directory(call.accounts.application_of)
    if history:
        then.know([account.fold(recorded.event for recorded in history)])
    return then.view(name, call.owner.account)

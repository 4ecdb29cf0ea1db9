"""
Lists: pages of objects, newest first, by the id of the object that the page starts at.

A list may name an object that has just left it, so what a page shows is decided by the
objects themselves; a page that lost some that way is filled up from what follows.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec
from msgspec import UNSET

from projections.indexes import Index
from projections.views import Cut
from service.api import presenting
from service.api.call import Call
from service.commands.path import Reply
from service.domain.errors import ResourceMissing
from service.wire.bad_param import BadParam
from service.wire.expand import expansion_of
from service.wire.params.lists import ListParams

View = dict[str, Any]
Cursor = Callable[[str], Awaitable[str | None]]
Stretch = Callable[[Cut], Awaitable[list[str]]]
Bodies = Callable[[Sequence[str]], Awaitable[list[bytes | None]]]
Check = Callable[[], Awaitable[object]]

_decode: Final = msgspec.json.Decoder().decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """
    One list: of objects of *kind*, called *noun* in errors, found in the *indexes* merged.

    *belongs* says of a view whether it is in the list; None where all that exist are.
    Of lists whose members are not ids of objects in the views, *bodies* reads some and
    *member_of* finds the member that a cursor stands for. *members* gives a stretch of a list
    that is in no index. Where most members do not belong, *step* looks at many at a time, and
    *decode* reads no more of each than *belongs* looks at. *check* is called where a page is
    empty, and raises where that is since nobody has what the list is narrowed down to.
    """

    kind: str
    noun: str
    indexes: Sequence[Index]
    belongs: Callable[[Any], bool] | None = None
    bodies: Bodies | None = None
    member_of: Cursor | None = None
    members: Stretch | None = None
    step: int = 0
    decode: Callable[[bytes], Any] = _decode
    check: Check | None = None


async def page(call: Call, given: ListParams, listed: Listed) -> Reply:
    """Return the page that *given* asks for."""
    expansion = expansion_of(listed.kind, given.expand, in_list=True).get("data", {})
    cut = await _cut(call, given, listed)
    found = await walk(call, listed, cut)
    if not found and listed.check is not None:
        await listed.check()
    has_more = len(found) > given.page_size
    if has_more:
        found = found[1:] if cut.before is not None else found[: given.page_size]
    found = await presenting.of_bodies(call, found, listed.kind, expansion)
    return page_of(call, found, has_more=has_more)


def page_of(call: Call, bodies: Sequence[bytes], *, has_more: bool) -> Reply:
    """Return the envelope around *bodies*."""
    url = msgspec.json.encode(call.request.path)
    more = b"true" if has_more else b"false"
    return Reply(
        200,
        b'{"object":"list","data":[%b],"has_more":%b,"url":%b}' % (b",".join(bodies), more, url),
    )


def empty_page(call: Call) -> Reply:
    """Return a page of nothing."""
    return page_of(call, (), has_more=False)


async def walk(call: Call, listed: Listed, cut: Cut) -> list[bytes]:
    """Return up to *cut*'s limit of bodies, newest first, walking on past what left the list."""
    wanted, found = cut.limit, list[bytes]()
    cut = replace(cut, limit=max(wanted, listed.step))
    while True:
        members = await _members(call, listed, cut)
        kept = await _kept(call, listed, members)
        found = [*kept, *found] if cut.before is not None else [*found, *kept]
        if len(members) < cut.limit or len(found) >= wanted:
            return found[-wanted:] if cut.before is not None else found[:wanted]
        if cut.before is not None:
            cut = replace(cut, before=members[0])
        else:
            cut = replace(cut, after=members[-1])


def stretch(names: Sequence[str], cut: Cut, among: Collection[str] | None = None) -> list[str]:
    """Return what *cut* wants of *names*, newest first, and *among* those that are named."""
    first = names.index(cut.after) + 1 if cut.after in names else 0
    last = names.index(cut.before) if cut.before in names else len(names)
    found = [name for name in names[first:last] if among is None or name in among]
    return found[-cut.limit :] if cut.before is not None else found[: cut.limit]


async def _members(call: Call, listed: Listed, cut: Cut) -> list[str]:
    if listed.members is not None:
        return await listed.members(cut)
    return await call.house.views.page(call.owner, listed.indexes, cut)


async def _kept(call: Call, listed: Listed, members: Sequence[str]) -> list[bytes]:
    if listed.bodies is not None:
        bodies = await listed.bodies(members)
    else:
        bodies = await call.house.reader.bodies(call.owner, members)
    present = [body for body in bodies if body is not None]
    if listed.belongs is None:
        return present
    return [body for body in present if listed.belongs(listed.decode(body))]


async def _cut(call: Call, given: ListParams, listed: Listed) -> Cut:
    since, until = bounds(getattr(given, "created", UNSET))
    return Cut(
        limit=given.page_size + 1,
        after=await _cursor(call, given.starting_after, "starting_after", listed),
        before=await _cursor(call, given.ending_before, "ending_before", listed),
        since=since,
        until=until,
    )


async def _cursor(call: Call, name: Any, param: str, listed: Listed) -> str | None:
    """Return the cursor *name*, which may be that of an object that is deleted by now."""
    if name is UNSET:
        return None
    member = await (listed.member_of or _own_object(call, listed))(name)
    if member is None:
        raise ResourceMissing(listed.noun, name, param=param)
    return member


def _own_object(call: Call, listed: Listed) -> Cursor:
    async def member_of(name: str) -> str | None:
        if not name.startswith(listed.indexes[0].prefix):
            return None
        return name if await call.house.reader.body(call.owner, name) is not None else None

    return member_of


def bounds(created: Any) -> tuple[int | None, int | None]:
    """Return the instants from (inclusive) and until (exclusive) which objects were made."""
    if created is UNSET:
        return None, None
    if isinstance(created, int):
        return created, created + 1
    lows = [at + step for at, step in ((created.gt, 1), (created.gte, 0)) if at is not UNSET]
    highs = [at + step for at, step in ((created.lt, 0), (created.lte, 1)) if at is not UNSET]
    return max(lows, default=None), min(highs, default=None)


def span_of(created: Any) -> tuple[int | None, int | None]:
    """Return its `bounds`, where there is any time between them. Raise `BadParam`."""
    since, until = bounds(created)
    if since is not None and until is not None and since >= until:
        raise BadParam("'created' names a time that ends before it begins.", param="created")
    return since, until


def span_ms(created: Any) -> tuple[int | None, int | None]:
    """As `span_of`, in Unix milliseconds."""
    since, until = span_of(created)
    return None if since is None else since * 1000, None if until is None else until * 1000

"""What happened to an object: its entries, newest first as all lists are, by version."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Final

from msgspec import UNSET

from projections import history as past
from projections.history import Entry, entries, told
from service.api import listing
from service.api.answers import json_reply
from service.api.call import Call
from service.api.operation import Handler
from service.api.own.past import Kept
from service.commands.aside import folded
from service.commands.path import Reply
from service.domain.errors import ResourceMissing
from service.domain.events import EndpointCreated
from service.domain.recorded import Recorded
from service.domain.trails import Trail
from service.wire.expand import expansion_of
from service.wire.params.history import HistoryParams

KIND: Final = past.KIND
_ENTRY: Final = re.compile(r"(.+)\.v([1-9][0-9]{0,17})", re.ASCII)


def history_of(kept: Kept) -> Handler:
    """Return the handler that tells what happened to an object."""

    async def history(call: Call) -> Reply:
        """Tell what happened to the object: who changed what, and who heard of it."""
        given = call.params(HistoryParams)
        expansion_of(KIND, given.expand, in_list=True)
        happened = await kept.history(call)
        versions, has_more = _page(given, call.named(kept.part), len(happened))
        page_of = partial(_entries, since=versions.start)
        page = await folded(page_of, happened[: versions.stop - 1])
        trails = await _trails(call, page)
        shown = [told(entry, trails.get(_announced_id(entry), ())) for entry in reversed(page)]
        bodies = [json_reply(one).body for one in shown]
        return listing.page_of(call, bodies, has_more=has_more)

    return history


def _entries(history: Sequence[Recorded], since: int) -> list[Entry]:
    return list(entries(history, since))


def _page(given: HistoryParams, name: str, last: int) -> tuple[range, bool]:
    """Return which versions of *name*, of *last*, to show, and whether there are more."""
    if given.ending_before is not UNSET:
        first = _version(given.ending_before, name, last, "ending_before") + 1
        end = min(first + given.page_size, last + 1)
        return range(first, end), end <= last
    end = last + 1
    if given.starting_after is not UNSET:
        end = _version(given.starting_after, name, last, "starting_after")
    first = max(1, end - given.page_size)
    return range(first, end), first > 1


def _version(cursor: str, name: str, last: int, param: str) -> int:
    entry = _ENTRY.fullmatch(cursor)
    if entry is None or entry[1] != name or int(entry[2]) > last:
        raise ResourceMissing(KIND, cursor, param=param)
    return int(entry[2])


async def _trails(call: Call, page: Iterable[Entry]) -> Mapping[str, Sequence[Trail]]:
    """Return where what *page* announced went, as far as it is the caller's to see."""
    found = await call.house.trails([each for entry in page if (each := _announced_id(entry))])
    endpoints = sorted({each.endpoint_id for trails in found.values() for each in trails})
    histories = await call.house.store.load_many([(name, 1) for name in endpoints])
    mine = {call.owner.account, call.principal.platform}
    visible = {
        name
        for name, history in zip(endpoints, histories, strict=True)
        for first in history
        if isinstance(first.event, EndpointCreated) and first.event.account in mine
    }
    return {
        event_id: [each for each in trails if each.endpoint_id in visible]
        for event_id, trails in found.items()
    }


def _announced_id(entry: Entry) -> str:
    return entry.announced[0] if entry.announced else ""

"""
Searches: pages of the objects that are what a query says, newest first.

What is promised: an object is found, or no longer found, as soon as its write was answered,
and a walk through all pages shows each object once that is what the query says all the while.
A query that names a whole e-mail, phone, name or value of metadata looks at a few objects
besides those it finds. Any other looks at all of the account's, in pieces that leave room for
other requests: a million in some seconds. `total_count` counts no further than ten thousand.
"""

from dataclasses import replace
from typing import Final

import msgspec
from msgspec import UNSET

from projections import indexes
from projections.views import Cut
from service.api import presenting
from service.api.call import Call
from service.api.cursor import cursor_after, place_of_cursor
from service.api.listing import Listed, walk
from service.api.problems import Problem
from service.api.search_plan import bounds_of, indexes_of
from service.commands.path import Reply
from service.wire.expand import expansion_of
from service.wire.params.customers import CustomerSearchParams
from service.wire.params.lists import page_size
from service.wire.search.clauses import CUSTOMER_FIELDS, Query
from service.wire.search.matching import matcher
from service.wire.search.reading import read_query
from service.wire.versions import SEARCH

COUNTED_MAX: Final = 10_000
STEP: Final = 500
KIND: Final = "customer"
_TOTAL: Final = "total_count"


class Searched(msgspec.Struct):
    """What a search looks at of a customer. One that is deleted has next to none of it."""

    created: int = 0
    email: str | None = None
    metadata: dict[str, str] = msgspec.field(default_factory=dict)
    name: str | None = None
    phone: str | None = None
    deleted: bool = False


class _Named(msgspec.Struct):
    id: str


_searched: Final = msgspec.json.Decoder(Searched).decode
_named: Final = msgspec.json.Decoder(_Named).decode


async def customers(call: Call, given: CustomerSearchParams) -> Reply:
    """Return the page that *given* asks for of the customers that its query finds."""
    if not call.version.is_since(SEARCH):
        raise Problem(400, f"Searches came with API version {SEARCH}. Send it or a later one.")
    paths = [path for path in given.expand if path != _TOTAL]
    expansion = expansion_of(KIND, paths, in_list=True).get("data", {})
    query = read_query(given.query, CUSTOMER_FIELDS)
    listed = _listed(query)
    since, until = bounds_of(query)
    whole = Cut(limit=COUNTED_MAX, since=since, until=until)
    size = page_size(given.limit)
    after = None if given.page is UNSET else place_of_cursor(given.page, given.query)
    found = await walk(call, listed, replace(whole, limit=size + 1, after=after))
    more = len(found) > size
    page = {
        "object": "search_result",
        "data": [
            msgspec.Raw(body)
            for body in await presenting.of_bodies(call, found[:size], KIND, expansion)
        ],
        "has_more": more,
        "next_page": cursor_after(_named(found[size - 1]).id, given.query) if more else None,
    }
    if _TOTAL in given.expand:
        page["total_count"] = len(await walk(call, listed, whole))
    return Reply(200, msgspec.json.encode({**page, "url": call.request.path}))


def _listed(query: Query) -> Listed:
    is_wanted = matcher(query)
    return Listed(
        kind=KIND,
        noun=KIND,
        indexes=indexes_of(query) or (indexes.CUSTOMERS,),
        belongs=lambda found: not found.deleted and is_wanted(found),
        step=STEP,
        decode=_searched,
    )

"""The attempts of a delivery: when, how long, what was answered."""

from typing import Any, Final

import msgspec
from msgspec import UNSET

from service import ids
from service.api import listing
from service.api.call import Call
from service.api.own import deliveries
from service.commands.path import Reply
from service.domain.deliveries import Delivery, DeliveryAttempt
from service.domain.errors import ResourceMissing
from service.wire.expand import expansion_of
from service.wire.params.deliveries import AttemptListParams

KIND: Final = "delivery_attempt"

# As much of an answer is kept.
_EXCERPT_MAX: Final = 4096

_encode: Final = msgspec.json.Encoder().encode


async def list_attempts(call: Call) -> Reply:
    """List the attempts of a delivery that are still kept, the last one first."""
    given = call.params(AttemptListParams)
    expansion_of(KIND, given.expand, in_list=True)
    delivery = await deliveries.named(call)
    attempts = await call.house.deliveries.attempts(delivery.key)
    views = [_view(delivery, each) for each in reversed(attempts)]
    names = [view["id"] for view in views]
    first, last = 0, len(views)
    if given.starting_after is not UNSET:
        first = _place(names, given.starting_after, "starting_after") + 1
    if given.ending_before is not UNSET:
        last = _place(names, given.ending_before, "ending_before")
        first = max(0, last - given.page_size)
    page = views[first : min(last, first + given.page_size)]
    has_more = first > 0 if given.ending_before is not UNSET else first + len(page) < last
    return listing.page_of(call, [_encode(view) for view in page], has_more=has_more)


def _place(names: list[str], cursor: str, param: str) -> int:
    if cursor not in names:
        raise ResourceMissing(KIND, cursor, param=param)
    return names.index(cursor)


def _view(delivery: Delivery, attempt: DeliveryAttempt) -> dict[str, Any]:
    name = ids.delivery_id(*delivery.key)
    return {
        "id": f"{name}.{ids.base62(attempt.seq)}",
        "object": KIND,
        "address": attempt.address,
        "connect_ms": attempt.connect_ms,
        "created": attempt.started_at // 1000,
        "delivery": name,
        "detail": attempt.detail,
        "dns_ms": attempt.dns_ms,
        "excerpt": attempt.excerpt.decode(errors="replace"),
        "excerpt_truncated": len(attempt.excerpt) >= _EXCERPT_MAX,
        "first_byte_ms": attempt.first_byte_ms,
        "number": attempt.number,
        "outcome": attempt.kind,
        "status": attempt.status,
        "took_ms": attempt.took_ms,
    }

"""
Endpoints that are told of each object in order.

Such an endpoint is sent one delivery at a time, and an event of an object only when nothing
earlier of that object is open for it. So a failure holds up the rest of its object until it is
delivered, exhausted or parked, and no other object. The ledger is asked before each attempt:
it knows, also after a restart, and of what is not in memory. What has been replayed comes as
the replay sends it.
"""

from typing import Final

from service import ids
from service.webhooks.ledger.protocol import Ledger
from service.webhooks.ledger.values import LIVE, EventOfObject
from service.webhooks.work import Work

# What holds an event up may be settled by other means than its next attempt.
LOOK_AGAIN_MS: Final = 60_000


async def held_until(ledger: Ledger, work: Work, now_ms: int) -> int | None:
    """Return when to look at *work* again (Unix ms); None if nothing has to go before it."""
    place = ids.place_of_event(work.event_id)
    if place is None or work.origin != LIVE:
        return None
    first = ids.event_id(place[0], 0)
    due_at = await ledger.earlier_open(
        EventOfObject(work.endpoint_id, work.position, first, first[:-1] + "~")
    )
    return None if due_at is None else min(max(due_at, now_ms), now_ms + LOOK_AGAIN_MS) + 1

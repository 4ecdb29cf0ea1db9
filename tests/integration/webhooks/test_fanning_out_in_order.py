"""Lists of deliveries go by when those were made, so that has to be the order of the events."""

import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from service.webhooks.ledger.unheard import place_of
from tests.eventually import eventually
from tests.receivers import Receiver
from tests.subscribing import House, telling


class Overtaken:
    """A log to which *house* adds an event right before it is read once, and one right after."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.is_near = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._house.log, name)

    async def notifications(self, after: int, limit: int, topics: Sequence[str] = ()) -> Any:
        """Return what is in the log a while after something happened, and let more happen then."""
        near = self.is_near and not topics
        if near:
            self.is_near = False
            await self._house.create_customers(1)
            passed = time.monotonic() + 0.01
            await eventually(lambda: time.monotonic() > passed)
        found = await self._house.log.notifications(after, limit, topics)
        if near:
            await self._house.create_customers(1)
        return found


async def test_what_happens_later_is_never_fanned_out_as_of_earlier(
    house: House, neighbour: Receiver
) -> None:
    """What comes while the log is read is dated behind what was read."""
    endpoint, store = await house.subscribe(neighbour), Overtaken(house)
    async with telling(house, store=store) as deliveries:
        await house.caught_up(deliveries)
        store.is_near = True
        await eventually(lambda: len(neighbour.received) == 2)
    rows = sorted(await house.rows(endpoint), key=lambda row: row.position)
    asked = [(row.event_id, row.position) for row in rows]
    first, second = [
        await house.ledger.look(partial(place_of, event_id=event, position=position))
        for event, position in asked
    ]
    assert first < second

"""Replays to another URL: how that answers slows them down, and costs their endpoint nothing."""

from typing import Final

import pytest

from service.domain import replays as a
from service.webhooks.running import Deliveries
from tests.eventually import eventually
from tests.integration.webhooks.test_hostile_over_time import hears
from tests.integration.webhooks.test_sending_again import MANY, OWNER, a_room, replay_of
from tests.integration.webhooks.test_sick_endpoints import is_broken
from tests.receivers import Receiver, answering, receiver, status
from tests.subscribing import House

# A window full, and those that were let go before the breaker opened.
_FEW: Final = 8


@pytest.mark.parametrize(
    "answer",
    [status(429, "Retry-After: 3600"), status(500)],
    ids=["row-12-asks-to-be-left-alone", "row-24-fails"],
)
async def test_other_url_is_spared(house: House, neighbour: Receiver, answer: bytes) -> None:
    """A URL that asks for a pause, or fails, is sent next to nothing of what is replayed to it."""
    async with receiver(answering(answer)) as there, a_room(house) as (room, deliveries):
        endpoint = await house.subscribe(neighbour)
        await house.create_customers(MANY)
        await eventually(lambda: len(neighbour.received) == MANY)
        await room.start(replay_of(endpoint, await house.log.head(), url=there.url))
        await eventually(lambda: there.received)
        await rests(house, deliveries, endpoint, before=MANY)
        assert len(there.received) <= _FEW
        assert not is_broken(deliveries, endpoint)
        await hears(neighbour, await house.create_customers(1))
        found = await room.replay(OWNER, "rpl_1")
        assert found is not None
        assert (found.status, found.enqueued, found.failed) == (a.RUNNING, MANY, 0)


async def rests(house: House, deliveries: Deliveries, endpoint: str, *, before: int) -> None:
    """Wait until nothing goes out, and all that went after the first so many is written down."""

    async def is_at_rest() -> bool:
        written = len(await house.ledger.last_attempts(endpoint, 10 * before))
        return written > before and not deliveries.dispatcher.lanes.slots.under_way

    await eventually(is_at_rest)

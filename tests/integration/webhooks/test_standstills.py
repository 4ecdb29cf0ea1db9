"""A standstill of ours, while which nobody tried anything, costs no endpoint a delivery."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from service.webhooks.ledger.values import State
from service.webhooks.running import Deliveries
from tests.eventually import eventually
from tests.integration.webhooks.test_sick_endpoints import THREE_DAYS, Time, breaks, count, never
from tests.receivers import Receiver, answering, receiver, status
from tests.subscribing import House, telling

MANY: Final = 20


@asynccontextmanager
async def failing(house: House, time: Time) -> AsyncIterator[Deliveries]:
    """Deliver on this *time*, to endpoints that are never disabled."""
    async with telling(house, **time.wiring(disable=never)) as deliveries:
        yield deliveries


async def probed_in_vain(deliveries: Deliveries, there: Receiver, tried: int) -> None:
    """Wait until there was a probe more than *tried* before, and what follows is done."""
    await eventually(lambda: len(there.received) > tried)
    await eventually(lambda: not deliveries.dispatcher.lanes.slots.under_way)


async def test_what_waited_before_is_kept(house: House) -> None:
    """A probe that fails after three days of standstill gives nothing up; three days later, all."""
    time = Time()
    async with receiver(answering(status(500))) as there:
        endpoint = await house.subscribe(there)
        async with failing(house, time) as deliveries:
            await breaks(house, deliveries, endpoint, by=MANY)
        tried = len(there.received)
        time.wall.at += THREE_DAYS + 3600
        async with failing(house, time) as deliveries:
            await probed_in_vain(deliveries, there, tried)
        assert await count(house, endpoint, State.OPEN) == MANY
        async with failing(house, time) as deliveries:
            await probed_in_vain(deliveries, there, tried + 1)
            time.pass_by(THREE_DAYS, deliveries)

            async def given_up() -> bool:
                return await count(house, endpoint, State.EXHAUSTED) >= MANY - len(there.received)

            await eventually(given_up)


async def test_what_comes_after_is_not_kept_longer(house: House) -> None:
    """What is made after a standstill waits for three days, like everything else."""
    time = Time()
    async with receiver(answering(status(500))) as there:
        endpoint = await house.subscribe(there)
        async with failing(house, time) as deliveries:
            await house.caught_up(deliveries)
        time.wall.at += THREE_DAYS
        async with failing(house, time) as deliveries:
            await breaks(house, deliveries, endpoint, by=MANY)
            tried = len(there.received)
            time.pass_by(THREE_DAYS + 60, deliveries)

            async def given_up() -> bool:
                return await count(house, endpoint, State.EXHAUSTED) >= MANY - 1 - tried

            await eventually(given_up)

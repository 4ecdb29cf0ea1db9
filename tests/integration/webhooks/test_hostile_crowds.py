"""Rows 24 and 25 of the list, where it is crowded: many dead endpoints, and a long dead queue."""

import pytest

from service.webhooks.ledger.values import State
from tests.eventually import eventually
from tests.integration.webhooks.test_hostile_over_time import all_are, hears
from tests.misbehaving import for_each_copy, saying
from tests.posting import PATIENT
from tests.receivers import OK, Receiver, hang, receiver, status
from tests.subscribing import House, telling


async def test_row_24_many_are_dead(
    house: House, neighbour: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dead endpoints, however many, take a quarter of what there is to take, and no more."""
    monkeypatch.setattr("service.config.ATTEMPTS_IN_FLIGHT_MAX", 64)
    async with receiver(hang) as there:
        await house.subscribe(neighbour)
        async with telling(house, limits=PATIENT):
            # One that has acknowledged nothing yet could be dead as well, and waits its turn.
            await hears(neighbour, await house.create_customers(1))
            for _ in range(200):
                await house.subscribe(there)
            for _ in range(5):
                await hears(neighbour, await house.create_customers(1))
                assert there.connections - there.hung_up <= 64 // 4


async def test_row_25_queue_that_does_not_move(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A queue that fills all memory and does not move keeps nobody else's next attempt away."""
    monkeypatch.setattr("service.config.DELIVERIES_IN_MEMORY_MAX", 100)
    answers = (saying(status(500)), saying(OK))
    async with receiver(hang) as stuck, receiver(for_each_copy(*answers)) as there:
        await house.subscribe(stuck)
        await house.create_customers(500)
        fine = await house.subscribe(there)
        async with telling(house, retry_schedule=(0, 0.3, 0.3), limits=PATIENT):
            await eventually(lambda: stuck.received)
            made = await house.create_customers(5)
            await hears(there, made)
            await all_are(house, fine, State.DELIVERED, 5)

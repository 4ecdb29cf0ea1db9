"""A ledger that takes its time: what is delivered meanwhile is not yet written down."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from service import config
from service.webhooks.ledger import SqliteLedger
from service.webhooks.ledger.values import Settlement, State
from tests.eventually import eventually
from tests.receivers import Receiver
from tests.subscribing import House, telling


class Slow:
    """A ledger that writes no outcome down before it is told to *go_on*."""

    def __init__(self, ledger: SqliteLedger) -> None:
        self._ledger = ledger
        self.asked = asyncio.Event()
        self.go_on = asyncio.Event()

    async def record(self, settlements: Sequence[Settlement]) -> None:
        self.asked.set()
        await self.go_on.wait()
        await self._ledger.record(settlements)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)


async def all_delivered(house: House, endpoint: str) -> bool:
    return set(await house.states(endpoint)) == {State.DELIVERED}


async def test_no_more_than_could_be_sent_twice(
    house: House, neighbour: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While outcomes wait to be written, only so many attempts are made, and then the others."""
    monkeypatch.setattr("service.config.OUTCOMES_WAITING_MAX", 10)
    monkeypatch.setattr("service.config.ATTEMPTS_PER_ENDPOINT_MAX", 4)
    endpoint, slow = await house.subscribe(neighbour), Slow(house.ledger)
    async with telling(house, ledger=slow) as deliveries:
        await house.create_customers(40)
        await house.caught_up(deliveries)
        await slow.asked.wait()
        standing = deliveries.dispatcher.standing
        await eventually(lambda: len(neighbour.received) >= 10 and standing()["under_way"] == 0)
        assert len(neighbour.received) < 10 + 4
        slow.go_on.set()
        await eventually(lambda: all_delivered(house, endpoint))
    assert len(neighbour.received) == 40


async def test_ordered_endpoint_waits_for_no_others(
    house: House, neighbour: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an ordered endpoint has acknowledged is written at once: the next one waits for it."""
    monkeypatch.setattr(config, "OUTCOMES_WAIT_S", 3600.0)
    endpoint = await house.subscribe(neighbour, ordered=True)
    async with telling(house):
        await house.create_customers(5)
        await eventually(lambda: len(neighbour.received) == 5)
        await eventually(lambda: all_delivered(house, endpoint))

"""Deliveries that stand still, since the ledger cannot be written or read, say so and go on."""

import sqlite3
from contextlib import closing
from pathlib import Path

from structlog.testing import capture_logs

from service.webhooks.ledger.values import State
from tests.eventually import eventually
from tests.receivers import Receiver
from tests.subscribing import House, telling


async def delivered(house: House, endpoint: str, number: int) -> None:
    async def reached() -> bool:
        return await house.states(endpoint) == [State.DELIVERED] * number

    await eventually(reached)


class TestHeldDeliveries:
    async def test_fanning_out_is_told(
        self, house: House, neighbour: Receiver, tmp_path: Path
    ) -> None:
        """A ledger that is locked holds up fanning out, which is told while it lasts; no error."""
        endpoint = await house.subscribe(neighbour)
        with capture_logs() as lines:
            async with telling(house) as deliveries:
                await eventually(lambda: deliveries.follower.position)
                other = sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)
                other.execute("BEGIN IMMEDIATE")
                await house.create_customers(2)
                await eventually(lambda: "locked" in (deliveries.held or ""))
                assert "fan_out.held" in [line["event"] for line in lines]
                other.close()
                await delivered(house, endpoint, 2)
                await eventually(lambda: deliveries.held is None)
        assert "error" not in [line["log_level"] for line in lines]

    async def test_what_cannot_be_read_is_told(
        self, house: House, neighbour: Receiver, tmp_path: Path
    ) -> None:
        """A ledger in which deliveries cannot be found is told of, until they are there again."""
        endpoint = await house.subscribe(neighbour)
        async with telling(house) as deliveries:
            await eventually(lambda: deliveries.follower.position)
            with closing(sqlite3.connect(tmp_path / "ledger.sqlite3")) as other:
                other.execute("ALTER TABLE deliveries RENAME TO away")
                deliveries.dispatcher.doubt()
                await eventually(lambda: "no such table" in (deliveries.dispatcher.stuck or ""))
                other.execute("ALTER TABLE away RENAME TO deliveries")
            await house.create_customers(1)
            await delivered(house, endpoint, 1)
            await eventually(lambda: deliveries.held is None)

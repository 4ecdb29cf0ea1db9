"""Endpoints that fail: what they cost, how they are probed, how they come back, in which order."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Final

from msgspec.structs import replace

from service.ids import event_id
from service.webhooks.leases import SHARDS, shard_of
from service.webhooks.ledger.values import State
from service.webhooks.running import Deliveries
from tests import histories as h
from tests.eventually import eventually
from tests.receivers import OK, Peer, Receiver, answering, hang, honest, receiver, status
from tests.subscribing import Clock, House, telling

DAYS: Final = (0, *[86_400.0] * 20)
THREE_DAYS: Final = 72 * 3600


class Time:
    """Both clocks, which pass only when a test says so."""

    def __init__(self) -> None:
        self.wall, self.ticks = Clock(), Clock(1000.0)

    def pass_by(self, seconds: float, deliveries: Deliveries) -> None:
        self.wall.at += seconds
        self.ticks.at += seconds
        deliveries.dispatcher.offer([])  # It looks again.

    def wiring(self, **changes: Any) -> dict[str, Any]:
        return {"clock": self.wall, "ticks": self.ticks, "retry_schedule": DAYS, **changes}


@dataclass
class Moody:
    """A receiver that fails until it is told not to, and knows how many it was sent at once."""

    down: bool = True
    at_once: int = 0
    most: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, peer: Peer) -> None:
        while True:
            await peer.take()
            if self.down:
                await peer.say(status(500))
                continue
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            await self.gate.wait()
            self.at_once -= 1
            await peer.say(OK)


async def count(house: House, endpoint: str, state: State) -> int:
    return (await house.states(endpoint)).count(state)


def is_broken(deliveries: Deliveries, endpoint: str) -> bool:
    return deliveries.dispatcher.lanes.station(endpoint).gate.condition.is_broken


async def breaks(house: House, deliveries: Deliveries, endpoint: str, *, by: int) -> list[str]:
    """Create *by* so many customers, wait until the breaker is open, and return their names."""
    made = await house.create_customers(by)
    await house.caught_up(deliveries)
    await eventually(lambda: is_broken(deliveries, endpoint))
    await eventually(lambda: not deliveries.dispatcher.lanes.slots.under_way)
    return made


class TestBreaker:
    async def test_what_waits_spends_no_attempts(self, house: House) -> None:
        """Once it is open, a probe goes now and then, and everything else stays untried."""
        time = Time()
        async with receiver(answering(status(500))) as there:
            endpoint = await house.subscribe(there)
            async with telling(house, **time.wiring()) as deliveries:
                await breaks(house, deliveries, endpoint, by=50)
                tried = len(there.received)
                assert tried <= 8
                time.pass_by(10, deliveries)
                await eventually(lambda: len(there.received) == tried + 1)
                await eventually(lambda: not deliveries.dispatcher.lanes.slots.under_way)
                time.pass_by(19, deliveries)
                time.pass_by(1, deliveries)
                await eventually(lambda: len(there.received) == tried + 2)
            assert await count(house, endpoint, State.OPEN) == 50

    async def test_comes_back_at_a_ramp(self, house: House) -> None:
        """An endpoint that comes back is sent two at once at first, the oldest first."""
        time, moody = Time(), Moody()
        async with receiver(moody) as there:
            endpoint = await house.subscribe(there)
            async with telling(house, **time.wiring()) as deliveries:
                made = await breaks(house, deliveries, endpoint, by=50)
                tried = {each.headers["webhook-id"] for each in there.received}
                moody.down = False
                time.pass_by(10, deliveries)
                await eventually(lambda: moody.at_once == 1)
                untried = [event_id(name, 1) for name in made]
                untried = [each for each in untried if each not in tried]
                assert there.received[-1].headers["webhook-id"] == untried[0]
                assert moody.most == 1
                moody.gate.set()
                deliveries.dispatcher.offer([])

                async def drained() -> bool:
                    return await count(house, endpoint, State.DELIVERED) == len(untried)

                await eventually(drained)
        assert moody.most <= 32

    async def test_what_waits_too_long_is_given_up(self, house: House) -> None:
        """After three days behind an open breaker, deliveries are exhausted without an attempt."""
        time = Time()
        async with receiver(answering(status(500))) as there:
            endpoint = await house.subscribe(there)
            async with telling(house, **time.wiring(disable=never)) as deliveries:
                await breaks(house, deliveries, endpoint, by=50)
                tried = len(there.received)
                time.pass_by(THREE_DAYS + 60, deliveries)

                async def given_up() -> bool:
                    return await count(house, endpoint, State.EXHAUSTED) >= 49 - tried

                await eventually(given_up)
            rows = await house.rows(endpoint)
        untried = [row for row in rows if row.state is State.EXHAUSTED and row.first_at is None]
        assert len(untried) >= 49 - tried

    async def test_endpoint_that_is_enabled_again(self, house: House) -> None:
        """Nothing is held against an endpoint that was disabled and is enabled again."""
        async with receiver(answering(status(500))) as there:
            endpoint = await house.subscribe(there)
            async with telling(house, retry_schedule=DAYS) as deliveries:
                await house.create_customers(10)
                await eventually(lambda: is_broken(deliveries, endpoint))
                await eventually(lambda: not deliveries.dispatcher.lanes.slots.under_way)
                for each in ("disabled", "enabled"):
                    await house.set_status(endpoint, each)
                await eventually(lambda: not is_broken(deliveries, endpoint))
                tried = len(there.received)
                await house.create_customers(1)
                await eventually(lambda: len(there.received) == tried + 1)

    async def test_is_remembered(self, house: House) -> None:
        """After a restart an endpoint that was failing is sent one probe, not a window full."""
        async with receiver(hang) as there:
            endpoint = await house.subscribe(there)
            async with telling(house, retry_schedule=DAYS) as deliveries:
                await house.create_customers(20)
                await eventually(lambda: is_broken(deliveries, endpoint), within=10)
            before = len(there.received)
            async with telling(house, **Time().wiring()) as deliveries:
                await eventually(lambda: len(there.received) == before + 1)
                await eventually(lambda: is_broken(deliveries, endpoint))
                assert deliveries.dispatcher.lanes.slots.under_way <= 1

    async def test_row_24_many_dead_endpoints(self, house: House, neighbour: Receiver) -> None:
        """Hundreds of dead endpoints leave slots free, and their neighbour misses nothing."""
        async with receiver(hang) as there:
            for _ in range(200):
                await house.subscribe(there)
            fine = await house.subscribe(neighbour)
            async with telling(house, retry_schedule=DAYS) as deliveries:
                await house.create_customers(3)

                async def heard() -> bool:
                    return await count(house, fine, State.DELIVERED) == 3

                await eventually(heard, within=20)
                assert deliveries.dispatcher.lanes.slots.under_way <= 512 // 4


async def never(*_: object) -> None:
    """Disable nobody."""


class TestOrder:
    async def test_of_each_object(self, house: House) -> None:
        """What failed holds up the rest of its object, and no other object."""
        refused = asyncio.Event()

        async def picky(peer: Peer) -> None:
            while True:
                received = await peer.take()
                first = received.headers["webhook-id"] == event_id(slow, 1)
                await peer.say(status(400) if first and not refused.is_set() else OK)

        async with receiver(picky) as there:
            endpoint = await house.subscribe(there, ordered=True)
            time = Time()
            async with telling(house, **time.wiring()) as deliveries:
                slow, other = house.new_id("cus", 1), house.new_id("cus", 2)
                for name in (slow, other):
                    await house.happen(replace(h.CUSTOMER_CREATED, customer_id=name))
                for name in (slow, other):
                    await house.happen(replace(h.CUSTOMER_UPDATED, customer_id=name))

                async def all_but_two() -> bool:
                    return await count(house, endpoint, State.DELIVERED) == 2

                await eventually(all_but_two)
                refused.set()
                time.pass_by(2 * 86_400, deliveries)

                async def everything() -> bool:
                    # Who waits for another looks again within a minute.
                    time.pass_by(61, deliveries)
                    return await count(house, endpoint, State.DELIVERED) == 4

                await eventually(everything)
        told = [each.headers["webhook-id"] for each in there.received]
        assert told == [
            *(event_id(slow, 1), event_id(other, 1), event_id(other, 2)),
            *(event_id(slow, 1), event_id(slow, 2)),
        ]


class Shards:
    """Leases that a test gives and takes."""

    def __init__(self, *held: int) -> None:
        self.held = set(held)
        self.changed: list[Any] = []

    def holds(self, shard: int) -> bool:
        return shard in self.held

    def watch(self, changed: Any) -> None:
        self.changed.append(changed)

    def become(self, *held: int) -> None:
        self.held = set(held)
        for changed in self.changed:
            changed()


class TestLeases:
    async def test_takes_a_shard_over(self, house: House) -> None:
        """What another process left open is delivered by the one that takes its shard over."""
        leases = Shards()
        async with receiver(honest) as there:
            endpoint = await house.subscribe(there)
            async with telling(house, leases=leases) as deliveries:
                await house.create_customers(30)
                await house.caught_up(deliveries)
                assert there.received == []
                leases.become(*range(SHARDS))
                await eventually(lambda: len(there.received) == 30)
        assert set(await house.states(endpoint)) == {State.DELIVERED}

    async def test_gives_a_shard_up_in_mid_flight(self, house: House) -> None:
        """Given up and taken again, what was under way is sent once, and nothing is lost."""
        leases, answer = Shards(*range(SHARDS)), asyncio.Event()

        async def thoughtful(peer: Peer) -> None:
            while True:
                await peer.take()
                await answer.wait()
                await peer.say(OK)

        async with receiver(thoughtful) as there:
            endpoint = await house.subscribe(there)
            async with telling(house, leases=leases) as deliveries:
                await house.create_customers(30)
                await eventually(lambda: there.received)
                leases.become()
                await eventually(lambda: len(deliveries.dispatcher.lanes) <= 4)
                leases.become(shard_of(endpoint))
                answer.set()
                await eventually(lambda: len(there.received) == 30)

                async def settled() -> bool:
                    return set(await house.states(endpoint)) == {State.DELIVERED}

                await eventually(settled)
        assert len({each.headers["webhook-id"] for each in there.received}) == 30

"""Endpoints that hear nothing for too long, what is parked meanwhile, and how they come back."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import pytest
from msgspec.structs import replace

from service.domain import events as e
from service.domain.endpoint_health import Verdict
from service.domain.values import SYSTEM
from service.store.protocol import StoreUnavailable
from service.webhooks.ledger.values import Endpoint, State
from service.webhooks.running import Deliveries
from tests import histories as h
from tests.eventually import eventually
from tests.receivers import OK, Peer, Receiver, answering, in_turn, receiver, status
from tests.subscribing import Clock, House, telling

HOUR: Final = 3600
DAY: Final = 24 * HOUR
# One attempt, and the next one later than any of these tests looks.
ONCE: Final = (0, 30 * 24 * HOUR)
TOLD_OF_IT: Final = ("seti.webhook_endpoint.disabled",)


@asynccontextmanager
async def failing(house: House, clock: Clock, **changes: Any) -> AsyncIterator[Deliveries]:
    """Deliver by *clock*, each delivery once."""
    async with telling(house, clock=clock, retry_schedule=ONCE, **changes) as deliveries:
        yield deliveries


async def fail(house: House, endpoint: str, *, times: int = 1) -> None:
    """Let so many more events come to nothing at *endpoint*, and be written down."""
    before = (await house.health(endpoint)).failures
    await house.create_customers(times)

    async def written() -> bool:
        return (await house.health(endpoint)).failures >= before + times

    await eventually(written)


async def fail_daily(house: House, clock: Clock, endpoint: str, *, days: int) -> None:
    """Let that many days pass, and an event come to nothing at the end of each."""
    for _ in range(days):
        clock.at += DAY
        await fail(house, endpoint)


async def states_are(house: House, endpoint: str, *states: State) -> None:
    async def reached() -> bool:
        return await house.states(endpoint) == list(states)

    await eventually(reached)


async def test_three_days_without_a_success(house: House) -> None:
    """After 72 hours without a success, over three events, an endpoint is disabled."""
    clock = Clock()
    async with receiver(answering(status(500))) as there:
        endpoint = await house.subscribe(there)
        async with failing(house, clock) as deliveries:
            await fail(house, endpoint)
            await fail_daily(house, clock, endpoint, days=2)
            clock.at += DAY - 1
            await fail(house, endpoint)
            assert house.disabled == []
            clock.at += 1
            await house.create_customers(1)
            await eventually(lambda: house.disabled == [(endpoint, "failing")])
            await house.caught_up(deliveries)
            await states_are(house, endpoint, *[State.PARKED] * 5)


async def test_a_standstill_of_ours(house: House) -> None:
    """While Seti is down no endpoint fails: it is disabled once it has, for long enough."""
    clock = Clock()
    async with receiver(answering(status(500))) as there:
        endpoint = await house.subscribe(there)
        async with failing(house, clock):
            await fail(house, endpoint, times=2)
        began = (await house.health(endpoint)).failing_since
        clock.at += 100 * HOUR
        async with failing(house, clock):
            await fail(house, endpoint)
            await fail_daily(house, clock, endpoint, days=1)
            assert house.disabled == []
            assert (await house.health(endpoint)).failing_since == began
            await fail_daily(house, clock, endpoint, days=1)
            await eventually(lambda: house.disabled == [(endpoint, "failing")])


async def test_a_success_between(house: House) -> None:
    """One success is enough to begin the three days anew."""
    clock = Clock()
    async with receiver(in_turn(status(500), status(500), OK, status(500))) as there:
        endpoint = await house.subscribe(there)
        async with failing(house, clock):
            await fail(house, endpoint, times=2)
            await house.create_customers(1)
            await states_are(house, endpoint, State.OPEN, State.OPEN, State.DELIVERED)
            await fail_daily(house, clock, endpoint, days=3)
            assert house.disabled == []
            await fail_daily(house, clock, endpoint, days=1)
            await eventually(lambda: house.disabled == [(endpoint, "failing")])


async def test_others_are_told(house: House, neighbour: Receiver) -> None:
    """Who asked for it by name hears that an endpoint was disabled, and why."""
    async with receiver(answering(status(410))) as there, receiver(answering(OK)) as every:
        endpoint = await house.subscribe(there, enabled_events=("customer.created", *TOLD_OF_IT))
        watching = await house.subscribe(neighbour, enabled_events=TOLD_OF_IT)
        unaware = await house.subscribe(every)
        async with failing(house, Clock()) as deliveries:
            await house.create_customers(2)
            await eventually(lambda: neighbour.received)
            await house.caught_up(deliveries)
            await states_are(house, unaware, State.DELIVERED, State.DELIVERED)
        assert await house.states(endpoint) == [State.PARKED] * 2
    assert len(await house.rows(watching)) == 1
    event = json.loads(neighbour.received[0].body)
    assert event["type"] == "seti.webhook_endpoint.disabled"
    assert event["request"] is None
    told, details = event["data"]["object"], event["data"]["status_details"]
    assert (told["id"], told["object"], told["status"]) == (
        endpoint,
        "webhook_endpoint",
        "disabled",
    )
    assert details["reason"] == "gone"


async def test_begins_anew_once_enabled(house: House) -> None:
    """An endpoint that is enabled again is not disabled by what it failed to hear before."""
    clock = Clock()
    async with receiver(answering(status(500))) as there:
        endpoint = await house.subscribe(there)
        async with failing(house, clock) as deliveries:
            await fail(house, endpoint)
            await fail_daily(house, clock, endpoint, days=3)
            await eventually(lambda: len(house.disabled) == 1)
            await house.set_status(endpoint, "enabled", at=int(clock.at) + 1)
            await house.caught_up(deliveries)
            clock.at += 2
            await fail(house, endpoint, times=3)
            assert (await house.health(endpoint)).failures == 3
            assert len(house.disabled) == 1


async def test_is_tried_again_where_it_cannot_be_written(house: House) -> None:
    """While the log takes nothing an endpoint is as it was, and its next failure disables it."""
    refused: list[str] = []

    async def disable(endpoint: Endpoint, found: Verdict) -> None:
        if not refused:
            refused.append(endpoint.id)
            raise StoreUnavailable("The disk is full.")
        await house.disable(endpoint, found)

    async with receiver(answering(status(410))) as there:
        endpoint = await house.subscribe(there)
        async with failing(house, Clock(), disable=disable):
            await fail(house, endpoint, times=2)
            await eventually(lambda: refused == [endpoint])
            assert house.disabled == []
            await house.create_customers(1)
            await eventually(lambda: house.disabled == [(endpoint, "gone")])


class Gate:
    """A receiver that takes a request, and answers when it is told to."""

    def __init__(self, answer: bytes = OK) -> None:
        self.asked, self.opened = asyncio.Event(), asyncio.Event()
        self._answer = answer

    async def __call__(self, peer: Peer) -> None:
        while True:
            await peer.take()
            self.asked.set()
            await self.opened.wait()
            await peer.say(self._answer)


class TestParking:
    @pytest.mark.parametrize(
        ("answer", "state"), [(OK, State.DELIVERED), (status(500), State.PARKED)]
    )
    async def test_what_is_in_flight(self, house: House, answer: bytes, state: State) -> None:
        """What was acknowledged is delivered, though it was parked by then; a failure is not."""
        gate = Gate(answer)
        async with receiver(gate) as there:
            endpoint = await house.subscribe(there)
            async with telling(house, retry_schedule=ONCE) as deliveries:
                await house.create_customers(1)
                await gate.asked.wait()
                await house.set_status(endpoint, "disabled")
                await house.caught_up(deliveries)
                await states_are(house, endpoint, State.PARKED)
                gate.opened.set()
                await eventually(lambda: house.ledger.last_attempts(endpoint, 1))
                assert await house.states(endpoint) == [state]

    async def test_what_is_deleted_in_flight(self, house: House) -> None:
        """What waits for a deleted endpoint is canceled, and a late success counts all the same."""
        gate = Gate()
        async with receiver(gate) as there:
            endpoint = await house.subscribe(there)
            async with telling(house, retry_schedule=ONCE) as deliveries:
                await house.create_customers(1)
                await gate.asked.wait()
                await house.happen(replace(h.ENDPOINT_DELETED, endpoint_id=endpoint))
                await house.caught_up(deliveries)
                await states_are(house, endpoint, State.CANCELLED)
                gate.opened.set()
                await states_are(house, endpoint, State.DELIVERED)

    async def test_outlives_an_enabling(self, house: House) -> None:
        """What was parked stays so, though its next attempt is due after the enabling."""
        clock = Clock()
        async with receiver(in_turn(status(500), OK)) as there:
            endpoint = await house.subscribe(there)
            async with telling(house, clock=clock, retry_schedule=(0, HOUR)) as deliveries:
                await fail(house, endpoint)
                await house.set_status(endpoint, "disabled", at=int(clock.at))
                await house.create_customers(1)
                await house.set_status(endpoint, "enabled", at=int(clock.at))
                await house.caught_up(deliveries)
                clock.at += 2 * HOUR
                await house.create_customers(1)
                await states_are(house, endpoint, State.PARKED, State.PARKED, State.DELIVERED)
        assert len(there.received) == 2


class TestPing:
    async def test_goes_to_its_endpoint_alone(self, house: House, neighbour: Receiver) -> None:
        """A ping reaches the endpoint, whatever it is subscribed to, and nobody else."""
        async with receiver(answering(OK)) as there:
            endpoint = await house.subscribe(there, enabled_events=("mandate.updated",))
            other = await house.subscribe(neighbour, enabled_events=("*",))
            async with telling(house) as deliveries:
                await house.happen(e.EndpointPinged(endpoint_id=endpoint, at=h.AT))
                await states_are(house, endpoint, State.DELIVERED)
                await house.caught_up(deliveries)
            assert await house.states(other) == []
        event = json.loads(there.received[0].body)
        assert event["type"] == "seti.webhook_endpoint.ping"
        assert event["data"]["object"]["id"] == endpoint
        assert event["request"]["id"] == "req_1"

    async def test_is_tried_again(self, house: House) -> None:
        """A ping that comes to nothing is tried again like anything else."""
        async with receiver(in_turn(status(500), OK)) as there:
            endpoint = await house.subscribe(there)
            async with telling(house):
                await house.happen(e.EndpointPinged(endpoint_id=endpoint, at=h.AT), actor=SYSTEM)
                await states_are(house, endpoint, State.DELIVERED)
        first, second = there.received
        assert first.body == second.body

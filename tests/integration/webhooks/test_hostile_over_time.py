"""
Rows 23 to 28 of the list: what happens over time, to one endpoint or to thousands.

As in `test_hostile_receivers`, a healthy neighbour goes on receiving meanwhile.
"""

import asyncio
import time
from collections import Counter
from typing import Final

import pytest

from service.domain import events as e
from service.ids import event_id
from service.webhooks.ledger.values import State
from tests.eventually import eventually
from tests.misbehaving import break_off, for_each_copy, saying
from tests.posting import PATIENT
from tests.receivers import OK, Peer, Receiver, answering, receiver, status
from tests.subscribing import House, telling

OFTEN: Final = (0, *(0.05,) * 30)
AN_HOUR: Final = (0.0, 3600.0)
NEWS: Final = 20


def heard_by(there: Receiver) -> list[str]:
    return [received.headers["webhook-id"] for received in there.received]


async def hears(there: Receiver, names: list[str]) -> None:
    """Wait until *there* has heard of the creation of each of *names*."""
    wanted = {event_id(name, 1) for name in names}
    await eventually(lambda: wanted <= set(heard_by(there)), within=20)


async def all_are(house: House, endpoint: str, state: State, count: int) -> None:
    async def reached() -> bool:
        return await house.states(endpoint) == [state] * count

    await eventually(reached, within=20)


def release(pace: asyncio.Semaphore, number: int) -> None:
    for _ in range(number):
        pace.release()


class Moody:
    """A receiver that fails while it is *down*."""

    def __init__(self) -> None:
        self.down = True
        self.taken: list[str] = []

    async def __call__(self, peer: Peer) -> None:
        while True:
            received = await peer.take()
            if self.down:
                await peer.say(status(500))
            else:
                self.taken.append(received.headers["webhook-id"])
                await peer.say(OK)


async def test_row_23_recovers(house: House, neighbour: Receiver) -> None:
    """A receiver that was down is told of everything, the oldest first, once it is up again."""
    moody = Moody()
    async with receiver(moody) as there:
        endpoint = await house.subscribe(there)
        await house.subscribe(neighbour)
        async with telling(house, retry_schedule=OFTEN):
            made = await house.create_customers(NEWS)
            await hears(neighbour, made)
            await eventually(lambda: there.received)
            moody.down = False
            await all_are(house, endpoint, State.DELIVERED, NEWS)
    assert Counter(moody.taken) == Counter(event_id(name, 1) for name in made)


async def test_row_23_flaps(house: House, neighbour: Receiver) -> None:
    """A receiver that is up and down by turns is told of everything in the end."""
    answers = (saying(status(500)), saying(OK))
    async with receiver(for_each_copy(*answers)) as there:
        endpoint = await house.subscribe(there)
        await house.subscribe(neighbour)
        async with telling(house, retry_schedule=OFTEN):
            made = await house.create_customers(NEWS)
            await hears(neighbour, made)
            await all_are(house, endpoint, State.DELIVERED, NEWS)


async def test_row_25_long_queue_beside_live_traffic(
    house: House, neighbour: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has a long queue is told of it bit by bit, while the other is told as things happen."""
    monkeypatch.setattr("service.config.DELIVERIES_IN_MEMORY_MAX", 100)
    pace = asyncio.Semaphore(NEWS)

    async def behave(peer: Peer) -> None:
        while True:
            await peer.take()
            await pace.acquire()
            await peer.say(OK)

    async with receiver(behave) as there:
        await house.subscribe(there)
        await house.create_customers(2000)
        fine = await house.subscribe(neighbour)
        async with telling(house, limits=PATIENT):
            await eventually(lambda: there.received)
            for _ in range(10):
                release(pace, NEWS)
                await hears(neighbour, await house.create_customers(1))
            assert NEWS < len(there.received) < 2000
            release(pace, 2000)
            await all_are(house, fine, State.DELIVERED, 10)
            await eventually(lambda: len(there.received) == 2010, within=30)
    assert set(Counter(heard_by(there)).values()) == {1}


@pytest.mark.parametrize("deleted", [True, False], ids=["deleted", "disabled"])
async def test_row_26_gone_while_queued(
    house: House, neighbour: Receiver, *, deleted: bool
) -> None:
    """What waits for an endpoint that is disabled is kept; if it is deleted, it is given up."""
    async with receiver(answering(status(500))) as there:
        endpoint = await house.subscribe(there)
        await house.subscribe(neighbour)
        async with telling(house, retry_schedule=AN_HOUR):
            made = await house.create_customers(3)
            await eventually(lambda: len(there.received) == 3)
            await (house.delete(endpoint) if deleted else house.set_status(endpoint, "disabled"))
            await all_are(house, endpoint, State.CANCELLED if deleted else State.PARKED, 3)
            await hears(neighbour, [*made, *await house.create_customers(1)])
    assert len(there.received) == 3


@pytest.mark.parametrize("deleted", [True, False], ids=["deleted", "disabled"])
async def test_row_26_gone_while_under_way(
    house: House, neighbour: Receiver, *, deleted: bool
) -> None:
    """What was acknowledged is delivered, though its endpoint is gone by then."""
    answer = asyncio.Event()

    async def thoughtful(peer: Peer) -> None:
        await peer.take()
        await answer.wait()
        await peer.say(OK)

    async with receiver(thoughtful) as there:
        endpoint = await house.subscribe(there)
        await house.subscribe(neighbour)
        async with telling(house) as deliveries:
            made = await house.create_customers(1)
            await eventually(lambda: there.received)
            await (house.delete(endpoint) if deleted else house.set_status(endpoint, "disabled"))
            await house.caught_up(deliveries)
            await hears(neighbour, made)
            answer.set()
            await all_are(house, endpoint, State.DELIVERED, 1)


async def test_row_26_secret_rolled_while_queued(house: House, neighbour: Receiver) -> None:
    """What waits for its next attempt is signed with the secrets of then, not of its creation."""
    async with receiver(for_each_copy(saying(status(500)), saying(OK))) as there:
        endpoint = await house.subscribe(there)
        await house.subscribe(neighbour)
        async with telling(house, retry_schedule=(0, 0.5)) as deliveries:
            made = await house.create_customers(1)
            await eventually(lambda: there.received)
            now = int(time.time())
            rolled = e.EndpointSecretRolled(
                endpoint_id=endpoint, at=now, generation=1, expires_at=now + 3600
            )
            await house.happen(rolled)
            await house.caught_up(deliveries)
            await hears(neighbour, made)
            await all_are(house, endpoint, State.DELIVERED, 1)
    signatures = [received.headers["stripe-signature"] for received in there.received]
    assert [signature.count("v1=") for signature in signatures] == [1, 2]


async def test_row_27_answers_each_copy_otherwise(house: House, neighbour: Receiver) -> None:
    """Copies that are answered differently are one delivery, and a 2xx ends it."""
    answers = (break_off, saying(status(302, "Location: /x")), saying(OK), saying(status(500)))
    async with receiver(for_each_copy(*answers)) as there:
        endpoint = await house.subscribe(there)
        await house.subscribe(neighbour)
        async with telling(house, retry_schedule=OFTEN):
            made = await house.create_customers(3)
            await hears(neighbour, made)
            await all_are(house, endpoint, State.DELIVERED, 3)
    assert Counter(heard_by(there)) == {event_id(name, 1): 3 for name in made}


@pytest.mark.parametrize("step_s", [-3600.0, 3600.0], ids=["back", "forth"])
async def test_row_28_clock_is_stepped(house: House, neighbour: Receiver, step_s: float) -> None:
    """A clock that is set by an hour neither holds deliveries up nor spends their attempts."""
    wrong_by = 0.0
    async with receiver(for_each_copy(saying(status(500)), saying(OK))) as there:
        endpoint = await house.subscribe(there)
        await house.subscribe(neighbour)
        async with telling(house, retry_schedule=(0, 0.2), clock=lambda: time.time() + wrong_by):
            made = await house.create_customers(3)
            await eventually(lambda: there.received)
            wrong_by = step_s
            made += await house.create_customers(3)
            await hears(neighbour, made)
            await all_are(house, endpoint, State.DELIVERED, 6)
    assert set(Counter(heard_by(there)).values()) == {2}


async def test_row_28_clock_is_set_back_between_starts(house: House, neighbour: Receiver) -> None:
    """What was due when a process ended is delivered by the next one, though it is earlier now."""
    async with receiver(for_each_copy(saying(status(500)), saying(OK))) as there:
        endpoint = await house.subscribe(there)
        await house.subscribe(neighbour)
        async with telling(house, retry_schedule=(0, 0.5), clock=lambda: time.time() + 3600):
            made = await house.create_customers(3)
            await eventually(lambda: house.ledger.last_attempts(endpoint, 3))
        async with telling(house, retry_schedule=(0, 0.5)):
            await hears(neighbour, made)
            await all_are(house, endpoint, State.DELIVERED, 3)

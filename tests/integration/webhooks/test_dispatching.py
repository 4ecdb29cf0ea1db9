"""Deliveries that fail, wait, end and survive: a real log, a real ledger, real receivers."""

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from service.domain.events import PersonalDataForgotten
from service.hiding import Hiding
from service.webhooks.ledger.values import State
from service.webhooks.outcome import Kind
from tests import histories as h
from tests.eventually import eventually
from tests.receivers import OK, Peer, Receiver, answering, hang, honest, in_turn, receiver, status
from tests.subscribing import KEYRING, House, a_house, telling

DAYS: Final = (0, 86_400.0)


async def states_are(house: House, endpoint: str, *states: State) -> None:
    async def reached() -> bool:
        return await house.states(endpoint) == list(states)

    await eventually(reached)


async def test_forgotten_before_it_is_sent(tmp_path: Path) -> None:
    """What was waiting in memory when somebody was forgotten goes out without them."""
    paused = in_turn(status(429, "Retry-After: 1"), OK)
    async with receiver(paused) as there, a_house(tmp_path, Hiding(KEYRING.personal_key)) as house:
        endpoint = await house.subscribe(there)
        async with telling(house):
            await house.create_customers(1)
            await eventually(lambda: there.received)
            (name,) = await house.create_customers(1, email="jane@example.com")
            await eventually(lambda: house.rows(endpoint))
            await house.happen(PersonalDataForgotten(subject_id=name, at=h.AT, customer=name))
            await eventually(lambda: len(there.received) == 3)
    assert [b"jane" in received.body for received in there.received] == [False] * 3


class TestRetrying:
    async def test_same_bytes_under_the_same_id(self, house: House) -> None:
        """A failed delivery is tried again with the same body and id, and a new signature."""
        async with receiver(in_turn(status(500), OK)) as there:
            endpoint = await house.subscribe(there)
            async with telling(house):
                await house.happen(h.INTENT_CREATED)
                await states_are(house, endpoint, State.DELIVERED)
        first, second = there.received
        assert first.body == second.body
        assert first.headers["webhook-id"] == second.headers["webhook-id"]

    async def test_every_attempt_is_kept(self, house: House) -> None:
        """The ledger tells what came of each attempt."""
        async with receiver(in_turn(status(500), status(302, "Location: /x"), OK)) as there:
            endpoint = await house.subscribe(there)
            async with telling(house):
                await house.happen(h.INTENT_CREATED)
                await states_are(house, endpoint, State.DELIVERED)
        (row,) = await house.rows(endpoint)
        attempts = await house.ledger.attempts_of(row.event_id, endpoint)
        assert [(a.number, a.kind, a.status, a.detail) for a in attempts] == [
            (1, Kind.STATUS, 500, None),
            (2, Kind.REDIRECT, 302, "/x"),
            (3, Kind.DELIVERED, 200, None),
        ]

    async def test_exhausted(self, house: House) -> None:
        """After the last attempt of the schedule a delivery rests, and stays as a row."""
        async with receiver(answering(status(500))) as there:
            endpoint = await house.subscribe(there)
            async with telling(house):
                await house.happen(h.INTENT_CREATED)
                await states_are(house, endpoint, State.EXHAUSTED)
        assert len(there.received) == 3
        (row,) = await house.rows(endpoint)
        assert await house.ledger.pending([row.event_id]) == {row.event_id: 1}

    async def test_pause_is_the_endpoints(self, house: House) -> None:
        """After a 429 with Retry-After, other events wait for the endpoint as well."""
        async with receiver(answering(status(429, "Retry-After: 3600"))) as there:
            endpoint = await house.subscribe(there)
            async with telling(house):
                await house.create_customers(1)
                await eventually(lambda: there.received)
                await eventually(lambda: house.ledger.last_attempts(endpoint, 1))
                await house.create_customers(5)
                await states_are(house, endpoint, *[State.OPEN] * 6)
        assert len(there.received) == 1

    async def test_inward_address_is_final(self, house: House, neighbour: Receiver) -> None:
        """A delivery to an address that is refused is blocked, and never tried again."""
        endpoint = await house.subscribe(neighbour, livemode=False)
        async with telling(house, allowed=()):
            await house.happen(h.INTENT_CREATED)
            await states_are(house, endpoint, State.BLOCKED)
        assert neighbour.connections == 0

    async def test_live_mode_does_not_reach_the_loopback(
        self, house: House, neighbour: Receiver
    ) -> None:
        """The loopback that is allowed unasked is for test mode."""
        endpoint = await house.subscribe(neighbour, livemode=True)
        async with telling(house):
            await house.happen(replace(h.INTENT_CREATED, livemode=True))
            await states_are(house, endpoint, State.BLOCKED)


class TestVersionsOfThen:
    OLD, NEW = "2024-06-20", "2026-08-26.dahlia"

    async def versioned(self, house: House) -> None:
        await house.happen(replace(h.ACCOUNT_CREATED, api_version=self.OLD))

    async def change(self, house: House) -> None:
        await house.happen(replace(h.ACCOUNT_UPDATED, changed={"api_version": self.NEW}))

    async def test_hold_for_a_retry(self, house: House) -> None:
        """An account's new version leaves what is tried again as it was at first."""
        async with receiver(in_turn(status(500), OK)) as there:
            endpoint = await house.subscribe(there)
            await self.versioned(house)
            async with telling(house, retry_schedule=(0, 0.3)) as deliveries:
                await house.happen(h.INTENT_CREATED)
                await eventually(lambda: there.received)
                await self.change(house)
                head = await house.log.head()
                await eventually(lambda: deliveries.follower.position == head)
                await states_are(house, endpoint, State.DELIVERED)
        first, second = there.received
        assert json.loads(first.body)["api_version"] == self.OLD
        assert first.body == second.body

    async def test_hold_over_a_restart(self, house: House) -> None:
        """So it is for what was left open by a process that knew only the old version."""
        async with receiver(in_turn(status(500), OK)) as there:
            endpoint = await house.subscribe(there)
            await self.versioned(house)
            async with telling(house, retry_schedule=(0, 0.3)):
                await house.happen(h.INTENT_CREATED)
                await eventually(lambda: house.ledger.last_attempts(endpoint, 1))
            await self.change(house)
            async with telling(house):
                await states_are(house, endpoint, State.DELIVERED)
                await house.happen(h.CUSTOMER_CREATED)
                await states_are(house, endpoint, State.DELIVERED, State.DELIVERED)
        first, second, later = there.received
        assert first.body == second.body
        assert json.loads(later.body)["api_version"] == self.NEW


class TestGone:
    async def test_two_events_refused(self, house: House) -> None:
        """Two consecutive 410, to distinct events, disable the endpoint and park the rest."""
        async with receiver(answering(status(410))) as there:
            endpoint = await house.subscribe(there)
            async with telling(house, retry_schedule=DAYS):
                await house.create_customers(2)
                await states_are(house, endpoint, State.PARKED, State.PARKED)
        assert house.disabled == [(endpoint, "gone")]

    async def test_one_event_refused_twice(self, house: House) -> None:
        """One event answered 410 again and again is no sign that the endpoint is gone."""
        async with receiver(answering(status(410))) as there:
            endpoint = await house.subscribe(there)
            async with telling(house):
                await house.create_customers(1)
                await states_are(house, endpoint, State.EXHAUSTED)
        assert house.disabled == []


class TestNeighbours:
    async def test_hanging_endpoint(self, house: House, neighbour: Receiver) -> None:
        """While an endpoint hangs with everything it was sent, its neighbour gets all of it."""
        async with receiver(hang) as there:
            stuck = await house.subscribe(there)
            fine = await house.subscribe(neighbour)
            async with telling(house, retry_schedule=DAYS):
                await house.create_customers(100)
                await states_are(house, fine, *[State.DELIVERED] * 100)
                assert State.DELIVERED not in await house.states(stuck)

    async def test_disabled_while_waiting(self, house: House) -> None:
        """What waits for its next attempt is parked when the endpoint is disabled."""
        async with receiver(answering(status(500))) as there:
            endpoint = await house.subscribe(there)
            async with telling(house, retry_schedule=(0, 0.3)):
                await house.create_customers(1)
                await eventually(lambda: there.received)
                await house.set_status(endpoint, "disabled")
                await states_are(house, endpoint, State.PARKED)
        assert len(there.received) == 1


class TestSurviving:
    async def test_open_deliveries_are_taken_up_again(self, tmp_path: Path) -> None:
        """What was not acknowledged before a stop is delivered after the next start."""
        async with receiver(in_turn(status(500), OK)) as there:
            async with a_house(tmp_path) as house, telling(house, retry_schedule=(0, 0.2)):
                endpoint = await house.subscribe(there)
                await house.happen(h.INTENT_CREATED)
                await eventually(lambda: house.ledger.last_attempts(endpoint, 1))
            async with a_house(tmp_path) as house, telling(house):
                await states_are(house, endpoint, State.DELIVERED)
        first, second = there.received
        assert json.loads(first.body) == json.loads(second.body)

    async def test_attempt_under_way_at_a_stop(self, house: House) -> None:
        """A stop waits for the attempts under way, and keeps what came of them."""
        asked, answer = asyncio.Event(), asyncio.Event()

        async def thoughtful(peer: Peer) -> None:
            await peer.take()
            asked.set()
            await answer.wait()
            await peer.say(OK)

        async with receiver(thoughtful) as there:
            endpoint = await house.subscribe(there)
            async with telling(house):
                await house.happen(h.INTENT_CREATED)
                await asked.wait()
                asyncio.get_running_loop().call_soon(answer.set)
            assert await house.states(endpoint) == [State.DELIVERED]

    async def test_locked_ledger(self, house: House, tmp_path: Path) -> None:
        """While the ledger is locked outcomes are held, no attempt is made, and none is lost."""
        asked, answer = asyncio.Event(), asyncio.Event()

        async def thoughtful(peer: Peer) -> None:
            while True:
                await peer.take()
                asked.set()
                await answer.wait()
                await peer.say(OK)

        async with receiver(thoughtful) as there:
            endpoint = await house.subscribe(there)
            async with telling(house) as deliveries:
                await house.create_customers(1)
                await asked.wait()
                other = sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)
                other.execute("BEGIN IMMEDIATE")
                answer.set()
                await eventually(lambda: deliveries.dispatcher.stuck)
                await house.create_customers(3)
                other.execute("ROLLBACK")
                other.close()
                await states_are(house, endpoint, *[State.DELIVERED] * 4)
        assert len(there.received) == 4

    async def test_more_than_memory_holds(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A queue longer than the room in memory is delivered whole, each event once."""
        monkeypatch.setattr("service.config.DELIVERIES_IN_MEMORY_MAX", 16)
        async with receiver(honest) as there:
            endpoint = await house.subscribe(there)
            async with telling(house):
                await house.create_customers(120)
                await states_are(house, endpoint, *[State.DELIVERED] * 120)
        told = [received.headers["webhook-id"] for received in there.received]
        assert len(told) == len(set(told)) == 120

    async def test_bug_is_not_kept_quiet(
        self, house: House, neighbour: Receiver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A bug that ends the room is raised to whoever watches it, and at its stop."""
        await house.subscribe(neighbour)
        monkeypatch.setattr("service.webhooks.lanes.Lanes.wake", None)

        async def watched() -> None:
            async with telling(house) as deliveries:
                await house.create_customers(1)
                await deliveries.crashed()

        with pytest.raises(ExceptionGroup):
            await watched()

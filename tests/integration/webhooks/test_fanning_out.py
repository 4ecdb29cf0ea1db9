"""From a real log to receivers: who is told of what, and that it is said once."""

import base64
import hashlib
import hmac
import json
from functools import partial
from typing import Any

import pytest
import stripe
from msgspec.structs import replace
from structlog.testing import capture_logs

from service.domain import events as e
from service.webhooks.ledger import SqliteLedger
from service.webhooks.ledger.values import FanOut, State
from tests import deliveries as a
from tests import histories as h
from tests.eventually import eventually
from tests.receivers import Receiver, honest, receiver
from tests.subscribing import KEYRING, Clock, House, telling


async def test_subscriber_is_told(house: House, neighbour: Receiver) -> None:
    """An event reaches a subscriber, and the official SDK accepts it."""
    endpoint = await house.subscribe(neighbour)
    async with telling(house):
        await house.happen(h.INTENT_CREATED)
        await eventually(lambda: neighbour.received)
    (received,) = neighbour.received
    event = stripe.Webhook.construct_event(
        received.body,
        received.headers["stripe-signature"],
        KEYRING.endpoint_secret(endpoint),
    )
    assert event.type == "setup_intent.created"
    assert event.data.object["client_secret"] == KEYRING.client_secret(h.SETI)
    assert event.pending_webhooks == 1
    assert event.request is not None
    assert event.request.id == "req_1"


async def test_standard_webhooks(house: House, neighbour: Receiver) -> None:
    """A verifier written by the Standard Webhooks specification accepts a delivery."""
    endpoint = await house.subscribe(neighbour)
    async with telling(house):
        await house.happen(h.CUSTOMER_CREATED)
        await eventually(lambda: neighbour.received)
    (received,) = neighbour.received
    key = base64.b64decode(KEYRING.endpoint_secret(endpoint).removeprefix("whsec_"))
    signed = ".".join((received.headers["webhook-id"], received.headers["webhook-timestamp"], ""))
    digest = hmac.new(key, signed.encode() + received.body, hashlib.sha256).digest()
    assert received.headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"
    assert received.headers["webhook-id"] == json.loads(received.body)["id"]


async def test_only_what_was_asked_for(house: House, neighbour: Receiver) -> None:
    """An endpoint is told of the types that it enabled, `*` being all."""
    async with receiver(honest) as choosy:
        some = await house.subscribe(choosy, enabled_events=("setup_intent.canceled",))
        every = await house.subscribe(neighbour)
        async with telling(house):
            await house.happen(h.INTENT_CREATED, h.INTENT_UPDATED, h.CANCELED)
            await eventually(lambda: len(neighbour.received) == 2 and choosy.received)
    types = [json.loads(received.body)["type"] for received in choosy.received]
    assert types == ["setup_intent.canceled"]
    assert json.loads(choosy.received[0].body)["pending_webhooks"] == 2
    assert await house.states(some) == [State.DELIVERED]
    assert await house.states(every) == [State.DELIVERED] * 2


@pytest.mark.parametrize("owner", [{"account": "acct_other"}, {"livemode": True}])
async def test_nobody_elses(house: House, neighbour: Receiver, owner: dict[str, object]) -> None:
    """Another account, or the other mode, is told nothing."""
    other = await house.subscribe(neighbour, url="https://elsewhere.example/", **owner)
    mine = await house.subscribe(neighbour)
    async with telling(house):
        await house.happen(h.CUSTOMER_CREATED)
        await eventually(lambda: neighbour.received)
    assert await house.rows(other) == []
    assert await house.states(mine) == [State.DELIVERED]


async def test_platform_hears_of_connected(house: House, neighbour: Receiver) -> None:
    """A Connect endpoint hears of a connected account, with its name, and of it alone."""
    connect = await house.subscribe(neighbour, account="acct_platform", connect=True)
    connected = e.AccountCreated(account_id=h.ACCT, at=h.AT, platform="acct_platform")
    async with telling(house):
        await house.happen(connected, h.CUSTOMER_CREATED)
        await eventually(lambda: neighbour.received)
    event = json.loads(neighbour.received[0].body)
    assert (event["account"], event["type"]) == (h.ACCT, "customer.created")
    assert await house.states(connect) == [State.DELIVERED]


async def test_platform_hears_again_after_a_start(house: House, neighbour: Receiver) -> None:
    """Who is connected to whom is known from the log, as it was where fanning out goes on."""
    async with telling(house):
        connected = e.AccountCreated(account_id=h.ACCT, at=h.AT, platform="acct_platform")
        await house.happen(connected)
        await house.subscribe(neighbour, account="acct_platform", connect=True)
        await eventually_known(house)
    async with telling(house):
        await house.happen(h.CUSTOMER_CREATED)
        await eventually(lambda: neighbour.received)


async def eventually_known(house: House) -> None:
    """Wait until the ledger has the one endpoint."""

    async def known() -> bool:
        return len(await house.ledger.endpoints()) == 1

    await eventually(known)


async def test_not_what_came_before(house: House, neighbour: Receiver) -> None:
    """An endpoint is told only of what happens after its creation, changes of old objects too."""
    async with telling(house):
        await house.happen(h.CUSTOMER_CREATED)
        await house.subscribe(neighbour)
        await house.happen(h.CUSTOMER_UPDATED)
        await eventually(lambda: neighbour.received)
    (received,) = neighbour.received
    event = json.loads(received.body)
    assert event["type"] == "customer.updated"
    assert event["data"]["previous_attributes"] == {"metadata": {"tier": None}, "name": None}


async def test_disabled_endpoint(house: House, neighbour: Receiver) -> None:
    """What happens while an endpoint is disabled is parked; afterwards it is told again."""
    endpoint = await house.subscribe(neighbour)
    async with telling(house):
        await house.set_status(endpoint, "disabled")
        await house.happen(h.CUSTOMER_CREATED)
        await house.set_status(endpoint, "enabled")
        await house.happen(h.CUSTOMER_UPDATED)
        await eventually(lambda: neighbour.received)
    assert await house.states(endpoint) == [State.PARKED, State.DELIVERED]
    assert len(neighbour.received) == 1


async def test_deleted_endpoint(house: House, neighbour: Receiver) -> None:
    """Deleting an endpoint cancels what was parked for it."""
    endpoint = await house.subscribe(neighbour)
    await house.set_status(endpoint, "disabled")
    await house.happen(h.CUSTOMER_CREATED)
    await house.happen(replace(h.ENDPOINT_DELETED, endpoint_id=endpoint))
    async with telling(house) as deliveries:
        head = await house.log.head()
        await eventually(lambda: deliveries.follower.position == head)
        assert await house.states(endpoint) == [State.CANCELLED]
    assert neighbour.connections == 0


async def test_api_version_of_the_endpoint(house: House, neighbour: Receiver) -> None:
    """An endpoint with a version of its own is shown what that version knew."""
    await house.subscribe(neighbour, api_version="2024-06-20")
    async with telling(house):
        await house.happen(h.CUSTOMER_CREATED)
        await eventually(lambda: neighbour.received)
    event = json.loads(neighbour.received[0].body)
    assert event["api_version"] == "2024-06-20"
    assert "customer_account" not in event["data"]["object"]


async def test_each_event_once(house: House, neighbour: Receiver) -> None:
    """However often the follower is started, each event is told once."""
    await house.subscribe(neighbour)
    for _ in range(3):
        async with telling(house):
            await house.create_customers(20)
    async with telling(house):
        await eventually(lambda: len(neighbour.received) >= 60)
    told = [received.headers["webhook-id"] for received in neighbour.received]
    assert len(told) == len(set(told)) == 60


async def test_log_put_back(house: House, neighbour: Receiver) -> None:
    """A ledger that is ahead of its log goes back to the log's head."""
    await house.subscribe(neighbour)
    async with telling(house) as deliveries:
        await eventually(lambda: deliveries.follower.position == 1)
    ahead = await house.ledger.position()
    await house.ledger.fan_out(a.fan_out(ahead, 1000))
    async with telling(house) as deliveries:
        assert deliveries.follower.position == 1
        await house.happen(h.CUSTOMER_CREATED)
        await eventually(lambda: neighbour.received)


async def test_nobody_is_subscribed(house: House) -> None:
    """While nobody is subscribed the log is passed over, and hardly a write is made for it."""
    async with telling(house) as deliveries:
        await house.create_customers(50)
        head = await house.log.head()
        await eventually(lambda: deliveries.follower.position == head)
        assert await house.ledger.position() == 0


async def test_due_when_it_happened(house: House, neighbour: Receiver) -> None:
    """What happened while nobody was subscribed leaves no trace on what is told afterwards."""
    clock = Clock()
    async with telling(house, clock=clock, ticks=clock) as deliveries:
        await house.create_customers(1)
        await house.caught_up(deliveries)
        clock.at += 3600
        endpoint = await house.subscribe(neighbour)
        await house.create_customers(1)
        await eventually(lambda: neighbour.received)
        (row,) = await house.rows(endpoint)
    assert row.due_at == int(clock.at * 1000)


async def test_what_cannot_be_rendered_holds_up_no_other(house: House, neighbour: Receiver) -> None:
    """Where a body cannot be made, by a bug of ours, all others are told, and it stays open."""

    def stumbling(body: bytes) -> bytes:
        if b"unlucky" in body:
            raise ValueError
        return body

    endpoint = await house.subscribe(neighbour)
    with capture_logs() as lines:
        async with telling(house, reveal=stumbling):
            await house.create_customers(1, email="unlucky@example.com")
            await house.create_customers(1)
            await eventually(lambda: neighbour.received)
            await eventually(lambda: states_are(house, endpoint, State.OPEN, State.DELIVERED))
    assert "delivery.not_rendered" in [line["event"] for line in lines]


async def states_are(house: House, endpoint: str, *states: State) -> bool:
    return await house.states(endpoint) == list(states)


class Watched:
    """A ledger, and how many deliveries were written to it at once."""

    def __init__(self, ledger: SqliteLedger) -> None:
        self._ledger = ledger
        self.written: list[int] = []

    async def fan_out(self, batch: FanOut) -> None:
        self.written.append(len(batch.deliveries))
        await self._ledger.fan_out(batch)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)


async def test_many_endpoints_are_told_in_steps(
    house: House, neighbour: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many hear of what happened, few deliveries are made at once, and all in the end."""
    monkeypatch.setattr("service.config.FAN_OUT_DELIVERIES", 6)
    endpoints = [await house.subscribe(neighbour) for _ in range(4)]
    await house.create_customers(20)
    watched = Watched(house.ledger)
    async with telling(house, ledger=watched):
        await eventually(lambda: len(neighbour.received) == 80)
        for endpoint in endpoints:
            all_delivered = partial(states_are, house, endpoint, *[State.DELIVERED] * 20)
            await eventually(all_delivered)
    assert max(watched.written) == 8

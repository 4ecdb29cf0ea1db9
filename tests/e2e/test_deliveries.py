"""What a subscriber hears: each event, signed, as it is shown, until it says that it heard."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.answers import assert_all_shaped
from tests.e2e.client import Api
from tests.e2e.intents import CARD, INTENTS, a_customer, authenticate, challenged, path_of, saved
from tests.e2e.operator import Operator
from tests.e2e.server import SECRET_KEY, Server, serving, until
from tests.e2e.subscriber import Subscriber, subscriber

ENDPOINTS = "/v1/webhook_endpoints"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that tries again at once."""
    yield from serving(tmp_path_factory, SETI_RETRY_SCHEDULE="0,0.05,0.05,0.05")


@pytest.fixture
def api(house: Server) -> Iterator[Api]:
    with Api(house.url, SECRET_KEY) as client:
        yield client


def _subscribed(api: Api, there: Subscriber, *types: str, **form: Any) -> str:
    wanted = {"url": there.url, "enabled_events": types or ("*",), **form}
    made = api.post(ENDPOINTS, wanted).object
    there.secret = made["secret"]
    return str(made["id"])


def test_hears_of_a_saved_card(api: Api, there: Subscriber) -> None:
    """A saved card is told of, signed, in the shape that the API shows."""
    _subscribed(api, there, "setup_intent.succeeded")
    intent = saved(api)
    until(lambda: there.types == [("setup_intent.succeeded", intent["id"])])
    ((event,),) = there.heard.values()
    shown = api.get(f"/v1/events/{event['id']}").object
    assert event["data"] == shown["data"]
    assert event["data"]["object"] == intent
    assert event["request"] == shown["request"]
    assert_all_shaped(event)


def test_hears_the_customer_authenticate(api: Api, there: Subscriber) -> None:
    """What a customer does on a page is news as well, of a request without a key."""
    _subscribed(api, there)
    customer = a_customer(api)
    intent = challenged(api, customer=customer, return_url="https://shop.example")
    authenticate(intent, "complete")
    expected = {
        ("customer.created", customer),
        ("setup_intent.created", intent["id"]),
        ("setup_intent.requires_action", intent["id"]),
        ("payment_method.attached", intent["payment_method"]),
        ("setup_intent.succeeded", intent["id"]),
    }
    until(lambda: set(there.types) == expected)


def test_hears_what_it_asked_for(api: Api, there: Subscriber) -> None:
    """Events of other types pass by, and so do updates that are no news."""
    _subscribed(api, there, "setup_intent.canceled", "setup_intent.setup_failed")
    intent = api.post(INTENTS, CARD).object
    api.post(path_of(intent), {"description": "no news"})
    api.post(path_of(intent, "/confirm"), {"payment_method": "pm_card_chargeDeclined"})
    api.post(path_of(intent, "/cancel"))
    expected = [
        ("setup_intent.setup_failed", intent["id"]),
        ("setup_intent.canceled", intent["id"]),
    ]
    until(lambda: sorted(there.types) == sorted(expected))


def test_hears_again_until_it_has_heard(api: Api, there: Subscriber) -> None:
    """A delivery that fails is tried again, with the same event, until it is taken."""
    there.answers = [500, 302]
    _subscribed(api, there, "customer.created")
    customer = a_customer(api)
    until(lambda: there.types == [("customer.created", customer)] * 3)
    ((name, copies),) = there.heard.items()
    assert copies[0] == copies[1] == copies[2]
    until(lambda: api.get(f"/v1/events/{name}").object["pending_webhooks"] == 0)


def test_is_waited_for(server: Server, operator: Operator) -> None:
    """An event tells how many subscribers have still to hear of it."""
    with Api(server.url, operator.text(account=operator.account())) as api:
        form = {"url": "http://127.0.0.1:9/nobody", "enabled_events": ["customer.created"]}
        endpoint = api.post(ENDPOINTS, form).object["id"]
        customer = a_customer(api)
        (event,) = api.get("/v1/events", {"limit": 1}).object["data"]
        assert event["data"]["object"]["id"] == customer
        path = f"/v1/events/{event['id']}"
        until(lambda: api.get(path).object["pending_webhooks"] == 1)
        api.delete(f"{ENDPOINTS}/{endpoint}")


@pytest.mark.parametrize("how", ["deleted", "disabled"])
def test_hears_no_more(api: Api, there: Subscriber, how: str) -> None:
    """An endpoint that is deleted or disabled hears of nothing that comes after."""
    endpoint = _subscribed(api, there, "customer.created")
    before = a_customer(api)
    until(lambda: there.types == [("customer.created", before)])
    if how == "deleted":
        api.delete(f"{ENDPOINTS}/{endpoint}")
    else:
        api.post(f"{ENDPOINTS}/{endpoint}", {"disabled": True})
    with subscriber() as witness:
        _subscribed(api, witness, "customer.created")
        after = a_customer(api)
        until(lambda: witness.types == [("customer.created", after)])
    assert there.types == [("customer.created", before)]


def test_a_replay_is_no_news(api: Api, there: Subscriber) -> None:
    """A request that is repeated under its key is told of once."""
    _subscribed(api, there, "customer.created", "customer.deleted")
    form = {"name": "Once"}
    first = api.post("/v1/customers", form, Idempotency_Key="once").object["id"]
    assert api.post("/v1/customers", form, Idempotency_Key="once").object["id"] == first
    api.delete(f"/v1/customers/{first}")
    expected = [("customer.created", first), ("customer.deleted", first)]
    until(lambda: sorted(there.types) == expected)


def test_hears_in_its_own_version(api: Api, there: Subscriber) -> None:
    """An endpoint that was made for an older version is told what that version knew."""
    _subscribed(api, there, "setup_intent.created", api_version="2026-06-24.dahlia")
    intent = api.post(INTENTS, CARD).object
    until(lambda: there.types == [("setup_intent.created", intent["id"])])
    ((event,),) = there.heard.values()
    assert event["api_version"] == "2026-06-24.dahlia"
    assert "allowed_payment_method_types" not in event["data"]["object"]

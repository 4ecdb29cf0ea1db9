"""Lists of deliveries and replays that are narrowed down to what is there, and to what is not."""

from collections.abc import Iterator
from typing import Final

import pytest

from tests.e2e.client import Api
from tests.e2e.endpoints import STRIPES, made_at
from tests.e2e.intents import a_customer
from tests.e2e.operator import Operator
from tests.e2e.replaying import DELIVERIES, REPLAYS, ended, started
from tests.e2e.server import SECRET_KEY, Server, until
from tests.e2e.subscriber import Subscriber

EVENTS: Final = "/v1/events"


@pytest.fixture(scope="module")
def api(quiet_server: Server) -> Iterator[Api]:
    with Api(quiet_server.url, SECRET_KEY) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "param", "name"),
    [
        (DELIVERIES, "endpoint", "we_none"),
        (DELIVERIES, "endpoint", "evt_none"),
        (DELIVERIES, "endpoint", ""),
        (DELIVERIES, "event", "evt_none"),
        (DELIVERIES, "event", "evt_s" + "0" * 24 + "1"),
        (DELIVERIES, "event", "seti_none"),
        (DELIVERIES, "origin", "rpl_none"),
        (DELIVERIES, "origin", "rsd_none"),
        (DELIVERIES, "origin", "LIVE"),
        (REPLAYS, "endpoint", "we_none"),
    ],
    ids=" ".join,
)
def test_refuses_what_nobody_has(api: Api, path: str, param: str, name: str) -> None:
    """A filter names something that is there, or the answer says what is not: 400."""
    answer = api.get(path, {param: name})
    assert answer.status == 400
    assert (answer.error["type"], answer.error["param"]) == ("invalid_request_error", param)
    assert answer.error.get("code") == ("resource_missing" if name else "parameter_invalid_empty")


def test_refuses_what_another_account_has(api: Api, quiet_server: Server) -> None:
    """Another account's endpoint and event are not there, no more than anywhere else."""
    form = {"url": "http://127.0.0.1:9/nobody", "enabled_events": ["customer.created"]}
    operator = Operator(quiet_server)
    with Api(quiet_server.url, operator.text(account=operator.account())) as other:
        endpoint = other.post(STRIPES, form).object["id"]
        a_customer(other)
        event = other.get(EVENTS, {"limit": 1}).object["data"][0]["id"]
    for path, wanted in (
        (DELIVERIES, {"endpoint": endpoint}),
        (REPLAYS, {"endpoint": endpoint}),
        (DELIVERIES, {"event": event}),
    ):
        assert api.get(path, wanted).refusal == (
            400,
            "invalid_request_error",
            "resource_missing",
            *wanted,
        )


def test_finds_nothing_of_what_is_there(api: Api, there: Subscriber) -> None:
    """What led to nothing yet is an empty list: an endpoint, an event, a replay."""
    api.delete(f"{STRIPES}/{made_at(api, there, 'customer.deleted')['id']}")
    endpoint = made_at(api, there, "customer.deleted")["id"]
    replay = ended(api, started(api, endpoint, dry_run=True))["id"]
    a_customer(api)
    event = api.get(EVENTS, {"limit": 1}).object["data"][0]["id"]
    assert api.all(DELIVERIES, {"endpoint": endpoint}) == []
    assert api.all(DELIVERIES, {"event": event, "endpoint": endpoint}) == []
    assert api.all(DELIVERIES, {"origin": replay}) == []
    assert api.all(REPLAYS, {"endpoint": endpoint, "status": "paused"}) == []


def test_finds_what_went_to_one_that_is_deleted(api: Api, there: Subscriber) -> None:
    """A deleted endpoint is still one whose deliveries may be asked for, whatever they are."""
    endpoint = made_at(api, there)["id"]
    a_customer(api)
    until(lambda: api.all(DELIVERIES, {"endpoint": endpoint, "state": "delivered"}))
    api.delete(f"{STRIPES}/{endpoint}")
    assert len(api.all(DELIVERIES, {"endpoint": endpoint})) == 1
    assert api.all(DELIVERIES, {"endpoint": endpoint, "outcome": "tls"}) == []

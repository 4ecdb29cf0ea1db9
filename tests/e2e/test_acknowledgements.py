"""Whether everybody has heard of an event: `pending_webhooks` and `delivery_success`."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

import pytest

from tests.e2e.client import Api
from tests.e2e.endpoints import STRIPES, leaving_no_endpoint, made_at
from tests.e2e.intents import a_customer
from tests.e2e.server import Server, serving, until
from tests.e2e.subscriber import Subscriber, subscriber

EVENTS: Final = "/v1/events"
DELIVERIES: Final = "/seti/v1/deliveries"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that waits for long after a failure."""
    yield from serving(tmp_path_factory, SETI_RETRY_SCHEDULE="0,600")


@pytest.fixture
def api(house: Server) -> Iterator[Api]:
    yield from leaving_no_endpoint(house)


@contextmanager
def ledger_locked(house: Server) -> Iterator[None]:
    """While the block runs, nothing is written to the ledger: nothing is fanned out."""
    file = house.data_dir / "ledger.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as held:
        held.execute("BEGIN IMMEDIATE")
        yield
        held.execute("ROLLBACK")


def told_of(api: Api) -> str:
    """Let a customer come into being, and return the event that tells of it."""
    name = a_customer(api)
    newest = api.get(EVENTS, {"limit": 1}).object["data"][0]
    assert newest["data"]["object"]["id"] == name
    return str(newest["id"])


def pending(api: Api, event: str) -> int:
    return int(api.get(f"{EVENTS}/{event}").object["pending_webhooks"])


def is_listed(api: Api, event: str, *, success: bool) -> bool:
    newest = api.get(EVENTS, {"limit": 1, "delivery_success": success}).object["data"]
    return bool(newest) and newest[0]["id"] == event


def state_of(api: Api, event: str, endpoint: str) -> str | None:
    found = api.get(DELIVERIES, {"event": event, "endpoint": endpoint}).object["data"]
    return found[0]["state"] if found else None


class TestPendingWebhooks:
    """How many endpoints have still to acknowledge, at each moment; and the lists agree."""

    def told_to(self, api: Api, there: Subscriber, answer: int) -> tuple[str, str]:
        """Return an endpoint, and an event that it has answered like this."""
        there.answers = [answer]
        endpoint = str(made_at(api, there)["id"])
        event = told_of(api)
        until(lambda: event in there.heard)
        return endpoint, event

    def test_nobody_listens(self, api: Api) -> None:
        """Where nobody is subscribed, nobody is waited for."""
        event = told_of(api)
        assert pending(api, event) == 0
        assert is_listed(api, event, success=True)

    def test_before_it_is_fanned_out(self, api: Api, house: Server, there: Subscriber) -> None:
        """Whoever will hear of it counts, endpoints that were just made and just disabled too."""
        with ledger_locked(house), subscriber() as off:
            disabled = made_at(api, off)["id"]
            api.post(f"{STRIPES}/{disabled}", {"disabled": True})
            made_at(api, there)
            event = told_of(api)
            assert pending(api, event) == 1
            assert is_listed(api, event, success=False)
            assert not is_listed(api, event, success=True)
        until(lambda: pending(api, event) == 0)
        assert event in there.heard

    def test_while_it_is_attempted(self, api: Api, there: Subscriber) -> None:
        """Until the receiver has answered, it is waited for."""
        there.answers_at_all.clear()
        endpoint = made_at(api, there)["id"]
        event = told_of(api)
        until(lambda: state_of(api, event, endpoint) == "open")
        assert pending(api, event) == 1
        there.answers_at_all.set()
        until(lambda: pending(api, event) == 0)
        assert is_listed(api, event, success=True)

    def test_after_a_failure(self, api: Api, there: Subscriber) -> None:
        """What is to be tried again is waited for."""
        _, event = self.told_to(api, there, 500)
        assert pending(api, event) == 1
        assert is_listed(api, event, success=False)

    def test_after_one_of_two(self, api: Api, there: Subscriber) -> None:
        """Each endpoint counts for itself."""
        with subscriber() as well:
            made_at(api, well)
            endpoint, event = self.told_to(api, there, 500)
            until(lambda: pending(api, event) == 1)
            assert event in well.heard
            assert state_of(api, event, endpoint) == "open"

    def test_once_it_is_parked(self, api: Api, there: Subscriber) -> None:
        """Nobody waits for an endpoint that is disabled: for what it missed, or misses."""
        endpoint, event = self.told_to(api, there, 500)
        api.post(f"{STRIPES}/{endpoint}", {"disabled": True})
        until(lambda: state_of(api, event, endpoint) == "parked")
        missed = told_of(api)
        assert pending(api, event) == 0
        until(lambda: state_of(api, missed, endpoint) == "parked")
        assert pending(api, missed) == 0
        assert is_listed(api, missed, success=True)

    def test_once_the_endpoint_is_deleted(self, api: Api, there: Subscriber) -> None:
        """Nobody waits for an endpoint that is gone."""
        endpoint, event = self.told_to(api, there, 500)
        api.delete(f"{STRIPES}/{endpoint}")
        until(lambda: state_of(api, event, endpoint) == "canceled")
        asked = {"endpoint": endpoint, "state": "canceled"}
        assert [one["event"] for one in api.all(DELIVERIES, asked)] == [event]
        assert pending(api, event) == 0

    def test_once_it_was_sent_again(self, api: Api, there: Subscriber) -> None:
        """While it is sent again it is waited for once; acknowledged, it is not any more."""
        endpoint, event = self.told_to(api, there, 500)
        (delivery,) = api.get(DELIVERIES, {"event": event, "endpoint": endpoint}).object["data"]
        there.answers_at_all.clear()
        api.post(f"{DELIVERIES}/{delivery['id']}/resend")
        assert pending(api, event) == 1
        there.answers_at_all.set()
        until(lambda: pending(api, event) == 0)
        assert is_listed(api, event, success=True)


class TestDeliverySuccess:
    """Lists by what is pending hold what a look at every event says."""

    @pytest.fixture
    def mixed(self, api: Api, there: Subscriber) -> Api:
        """Events by turns acknowledged, refused, and of no interest to anybody."""
        there.answers = [200, 500, 500] * 6
        endpoint = made_at(api, there)["id"]
        for _ in range(18):
            api.post(f"/v1/customers/{a_customer(api)}", {"name": "of no interest"})
        delivered = {"endpoint": endpoint, "state": "delivered"}
        until(lambda: len(api.all(DELIVERIES, delivered)) == 6 and len(there.heard) == 18)
        return api

    @pytest.mark.parametrize("success", [True, False])
    @pytest.mark.parametrize("limit", [1, 4, 100])
    @pytest.mark.parametrize(
        "narrowed",
        [{}, {"type": "customer.created"}, {"types": ["customer.updated", "customer.deleted"]}],
        ids=["all", "type", "types"],
    )
    def test_pages(
        self, mixed: Api, limit: int, narrowed: dict[str, Any], *, success: bool
    ) -> None:
        """Each page is full but the last, forwards and backwards."""
        whole = mixed.all(EVENTS, narrowed)
        wanted = [one["id"] for one in whole if (one["pending_webhooks"] == 0) is success]
        asked = {**narrowed, "delivery_success": success, "limit": limit}
        pages = [[one["id"] for one in page] for page in mixed.pages(EVENTS, asked)]
        assert [name for page in pages for name in page] == wanted
        assert {len(page) for page in pages[:-1]} <= {limit}
        if len(wanted) > limit:
            back = mixed.get(EVENTS, {**asked, "ending_before": wanted[limit]}).object
            assert [one["id"] for one in back["data"]] == wanted[:limit]
            assert back["has_more"] is False

    @pytest.mark.parametrize("success", [True, False])
    def test_begins_anywhere(self, mixed: Api, *, success: bool) -> None:
        """A page may begin at an event that is not in the list itself."""
        whole = mixed.all(EVENTS)
        there_is = [(one["pending_webhooks"] == 0) is success for one in whole]
        at = there_is.index(False, there_is.index(True))
        asked = {"delivery_success": success, "limit": 1}
        after = mixed.get(EVENTS, {**asked, "starting_after": whole[at]["id"]}).object["data"]
        assert after[0]["id"] == whole[there_is.index(True, at)]["id"]
        before = mixed.get(EVENTS, {**asked, "ending_before": whole[at]["id"]}).object["data"]
        assert before[0]["id"] == whole[at - 1 - there_is[:at][::-1].index(True)]["id"]

    def test_of_a_time(self, mixed: Api) -> None:
        """`created` bounds the list as it does all others."""
        failed = mixed.all(EVENTS, {"delivery_success": False})
        at = failed[0]["created"]
        for bound, meant in (
            ({"gte": at}, [one for one in failed if one["created"] >= at]),
            ({"lt": at}, [one for one in failed if one["created"] < at]),
            ({"gt": at + 60}, []),
        ):
            assert mixed.all(EVENTS, {"delivery_success": False, "created": bound}) == meant

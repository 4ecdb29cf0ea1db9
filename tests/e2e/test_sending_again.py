"""What was delivered and what was not, looked at over HTTP; and sent again, one or many."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.e2e.answers import assert_all_shaped
from tests.e2e.client import Api
from tests.e2e.endpoints import STRIPES, leaving_no_endpoint, made_at
from tests.e2e.intents import a_customer
from tests.e2e.server import SECRET_KEY, Server, serving, until
from tests.e2e.subscriber import Subscriber, subscriber

DELIVERIES: Final = "/seti/v1/deliveries"
REPLAYS: Final = "/seti/v1/replays"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that tries again at once."""
    yield from serving(tmp_path_factory, SETI_RETRY_SCHEDULE="0,0.05")


@pytest.fixture
def api(house: Server) -> Iterator[Api]:
    yield from leaving_no_endpoint(house)


def listed(api: Api, **wanted: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get(DELIVERIES, wanted).object["data"]
    return found


def states(api: Api, endpoint: str) -> list[str]:
    return [each["state"] for each in listed(api, endpoint=endpoint)]


def ended(api: Api, replay: dict[str, Any]) -> dict[str, Any]:
    """Return *replay* once it has come to its end."""
    until(lambda: api.get(f"{REPLAYS}/{replay['id']}").object["status"] == "completed")
    return api.get(f"{REPLAYS}/{replay['id']}").object


def failed_at(api: Api, there: Subscriber, number: int) -> str:
    """Return an endpoint at which events are exhausted, and which answers well by now."""
    there.answers = [500] * (2 * number)
    made = made_at(api, there)
    for _ in range(number):
        a_customer(api)
    until(lambda: states(api, made["id"]) == ["exhausted"] * number)
    return str(made["id"])


class TestLooking:
    def test_shows_what_went_wrong(self, api: Api, there: Subscriber) -> None:
        """A delivery, its attempts, and the ways to find it."""
        endpoint = failed_at(api, there, 1)
        (delivery,) = listed(api, endpoint=endpoint)
        assert_all_shaped(delivery)
        assert (delivery["last_status"], delivery["last_outcome"]) == (500, "status")
        assert (delivery["event_type"], delivery["origin"]) == ("customer.created", "live")
        assert api.get(f"{DELIVERIES}/{delivery['id']}").object == delivery
        attempts = api.get(f"{DELIVERIES}/{delivery['id']}/attempts").object["data"]
        assert_all_shaped(attempts[0])
        assert [(each["number"], each["status"]) for each in attempts] == [(2, 500), (1, 500)]

    @pytest.mark.parametrize(
        ("wanted", "there_is"),
        [
            ({"state": "exhausted"}, True),
            ({"state": "delivered"}, False),
            ({"status": "500"}, True),
            ({"status": "5xx"}, True),
            ({"status": "404"}, False),
            ({"outcome": "status"}, True),
            ({"outcome": "timeout"}, False),
            ({"type": "customer.created"}, True),
            ({"type": "customer.deleted"}, False),
            ({"origin": "live"}, True),
            ({"created[gte]": 1}, True),
            ({"created[lt]": 2}, False),
        ],
        ids=str,
    )
    def test_finds(
        self, api: Api, there: Subscriber, wanted: dict[str, Any], *, there_is: bool
    ) -> None:
        """Each filter finds what it names, and nothing else; of an event as of an endpoint."""
        endpoint = failed_at(api, there, 1)
        (delivery,) = listed(api, endpoint=endpoint)
        found = [delivery] if there_is else []
        assert listed(api, endpoint=endpoint, **wanted) == found
        assert listed(api, event=delivery["event"], **wanted) == found

    def test_pages(self, api: Api, there: Subscriber) -> None:
        """Newest first, page by page, both ways."""
        endpoint = failed_at(api, there, 3)
        whole = listed(api, endpoint=endpoint)
        assert listed(api, limit=3) == whole
        page = api.get(DELIVERIES, {"limit": 2}).object
        assert (page["data"], page["has_more"]) == (whole[:2], True)
        assert listed(api, endpoint=endpoint, starting_after=whole[1]["id"]) == whole[2:]
        assert listed(api, ending_before=whole[2]["id"], limit=1) == [whole[1]]

    @pytest.mark.parametrize(
        ("wanted", "param"),
        [
            ({"state": "lost"}, "state"),
            ({"status": "6xx"}, "status"),
            ({"status": "teapot"}, "status"),
            ({"outcome": "sad"}, "outcome"),
            ({"created[gte]": "yesterday"}, "created[gte]"),
            ({"starting_after": "dlv_none"}, "starting_after"),
            ({"created[gt]": 9, "created[lt]": 3}, "created"),
        ],
        ids=str,
    )
    def test_refuses(self, api: Api, wanted: dict[str, Any], param: str) -> None:
        """What is no filter is told by its name."""
        answer = api.get(DELIVERIES, wanted)
        assert (answer.status, answer.error["param"]) == (400, param)


class TestResending:
    def test_settles_the_first_one(self, api: Api, there: Subscriber) -> None:
        """What is sent again and acknowledged is delivered, and nobody waits for it any more."""
        endpoint = failed_at(api, there, 1)
        (delivery,) = listed(api, endpoint=endpoint)
        event = f"/v1/events/{delivery['event']}"
        assert api.get(event).object["pending_webhooks"] == 1
        again = api.post(f"{DELIVERIES}/{delivery['id']}/resend").object
        assert (again["origin"][:4], again["event"]) == ("rsd_", delivery["event"])
        until(lambda: states(api, endpoint) == ["delivered", "delivered"])
        assert api.get(event).object["pending_webhooks"] == 0
        assert list(there.heard) == [delivery["event"]]

    def test_of_what_is_disabled_is_refused(self, api: Api, there: Subscriber) -> None:
        """Nothing is sent to an endpoint that is disabled or deleted, and it is said why."""
        endpoint = failed_at(api, there, 1)
        (delivery,) = listed(api, endpoint=endpoint)
        resend = f"{DELIVERIES}/{delivery['id']}/resend"
        api.post(f"{STRIPES}/{endpoint}", {"disabled": True})
        assert "disabled" in api.post(resend).error["message"]
        api.delete(f"{STRIPES}/{endpoint}")
        assert "deleted" in api.post(resend).error["message"]
        assert api.get(f"{DELIVERIES}/{delivery['id']}").object["state"] == "exhausted"

    def test_of_nothing(self, api: Api) -> None:
        """A delivery that never was is not found."""
        answer = api.post(f"{DELIVERIES}/dlv_none/resend")
        assert (answer.status, answer.error["param"]) == (404, "delivery")


class TestReplaying:
    def test_what_failed(self, api: Api, there: Subscriber) -> None:
        """Everything that was exhausted goes out again, and nothing else."""
        endpoint = failed_at(api, there, 3)
        a_customer(api)
        until(lambda: "delivered" in states(api, endpoint))
        asked = {"endpoint": endpoint, "since": 1, "states": ["failed"]}
        replay = ended(api, api.post(REPLAYS, asked).object)
        assert_all_shaped(replay)
        assert replay["counts"] == {"delivered": 3, "enqueued": 3, "failed": 0, "matched": 3}
        assert replay["progress"] == 1
        assert {each["state"] for each in listed(api, endpoint=endpoint)} == {"delivered"}
        assert len(listed(api, origin=replay["id"])) == 3
        assert api.get(REPLAYS, {"limit": 1}).object["data"] == [replay]

    def test_what_was_never_attempted(self, api: Api, there: Subscriber) -> None:
        """Events from before the endpoint was there, and parked ones, are such."""
        before = a_customer(api)
        endpoint = made_at(api, there)["id"]
        asked = {"endpoint": endpoint, "since": 1, "states": ["never_attempted"]}
        dry = ended(api, api.post(REPLAYS, {**asked, "dry_run": True}).object)
        replay = ended(api, api.post(REPLAYS, asked).object)
        assert dry["counts"]["matched"] == replay["counts"]["delivered"] > 0
        assert dry["counts"]["enqueued"] == 0
        assert ("customer.created", before) in there.types

    def test_to_another_url(self, api: Api, there: Subscriber) -> None:
        """It goes there alone, signed with the endpoint's secret, and settles nothing here."""
        with subscriber() as elsewhere:
            endpoint = failed_at(api, there, 1)
            elsewhere.secret = there.secret
            asked = {"endpoint": endpoint, "since": 1, "states": ["failed"], "url": elsewhere.url}
            replay = ended(api, api.post(REPLAYS, asked).object)
            assert replay["counts"]["delivered"] == len(elsewhere.heard) == 1
        assert [each["state"] for each in listed(api, endpoint=endpoint, origin="live")] == [
            "exhausted"
        ]

    def test_one_at_a_time(self, api: Api, there: Subscriber) -> None:
        """While one has not ended, another to the same endpoint is refused; then it is not."""
        endpoint = failed_at(api, there, 1)
        there.answers = [500] * 100
        asked = {"endpoint": endpoint, "since": 1, "states": ["all"]}
        first = api.post(REPLAYS, asked).object
        paused = api.post(f"{REPLAYS}/{first['id']}/pause").object
        assert (paused["status"], paused["reason"]) == ("paused", "requested")
        again = api.post(REPLAYS, asked)
        assert (again.status, again.error["param"]) == (400, "endpoint")
        canceled = api.post(f"{REPLAYS}/{first['id']}/cancel").object
        assert canceled["status"] == "canceled"
        assert api.post(f"{REPLAYS}/{first['id']}/resume").status == 400

    def test_paused_and_resumed(self, api: Api, there: Subscriber) -> None:
        """What is paused goes on where it was, and loses nothing."""
        endpoint = failed_at(api, there, 2)
        asked = {"endpoint": endpoint, "since": 1, "states": ["failed"]}
        replay = api.post(REPLAYS, asked).object
        if api.post(f"{REPLAYS}/{replay['id']}/pause").status == 200:
            resumed = api.post(f"{REPLAYS}/{replay['id']}/resume").object
            assert resumed["status"] == "running"
        assert ended(api, replay)["counts"]["delivered"] == 2

    @pytest.mark.parametrize(
        ("changed", "param"),
        [
            ({"since": ""}, "since"),
            ({"since": None}, "since"),
            ({"since": "yesterday"}, "since"),
            ({"since": "2026-01-31T12:00:00Z"}, "since"),
            ({"since": -1}, "since"),
            ({"since": 1.5}, "since"),
            ({"since": "1e9"}, "since"),
            ({"since": 10**20}, "since"),
            ({"since": [1]}, "since"),
            ({"since": {"gte": 1}}, "since"),
            ({"until": ""}, "until"),
            ({"until": -1}, "until"),
            ({"since": 5, "until": 4}, "until"),
            ({"since": 99_999_999_999}, "since"),
            ({"until": 1}, "until"),
            ({"until": "soon"}, "until"),
            ({"states": ["lost"]}, "states[0]"),
            ({"states": None}, "states"),
            ({"types": ["cat.meowed"]}, "types[0]"),
            ({"endpoint": "we_none"}, "endpoint"),
            ({"url": "ftp://example.com"}, "url"),
            ({"url": "http://user@example.com"}, "url"),
            ({"url": "http://169.254.169.254/"}, "url"),
            ({"dry_run": "perhaps"}, "dry_run"),
        ],
        ids=str,
    )
    def test_refuses(
        self, api: Api, there: Subscriber, changed: dict[str, Any], param: str
    ) -> None:
        """What is no replay is told by its name, and nothing is started."""
        before = api.get(REPLAYS).object["data"]
        endpoint = made_at(api, there)["id"]
        asked = {"endpoint": endpoint, "since": 1, "states": ["all"], **changed}
        answer = api.post(REPLAYS, {name: each for name, each in asked.items() if each is not None})
        assert (answer.status, answer.error["param"]) == (400, param)
        assert api.get(REPLAYS).object["data"] == before


def test_a_killed_replay_goes_on(tmp_path: Path, there: Subscriber) -> None:
    """What was begun before a kill -9 ends after it, and every event of it arrives."""
    house = Server(tmp_path / "data", SETI_RETRY_SCHEDULE="0,0.05").start()
    with Api(house.url, SECRET_KEY) as api:
        names = {a_customer(api) for _ in range(40)}
        endpoint = made_at(api, there)["id"]
        asked = {"endpoint": endpoint, "since": 1, "states": ["never_attempted"]}
        replay = api.post(REPLAYS, asked).object
    house.kill()
    house.start()
    with Api(house.url, SECRET_KEY) as api:
        counts = ended(api, replay)["counts"]
    house.close()
    assert counts["matched"] == counts["enqueued"] == counts["delivered"] == 40
    assert names == {name for _, name in there.types}

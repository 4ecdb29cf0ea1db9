"""What befalls replays on their way: disabled and deleted endpoints, kills, others' deliveries."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from service import config
from tests.e2e.client import Api
from tests.e2e.endpoints import STRIPES, leaving_no_endpoint, made_at
from tests.e2e.intents import a_customer
from tests.e2e.operator import Operator
from tests.e2e.replaying import DELIVERIES, REPLAYS, asked, ended, shown, started, states
from tests.e2e.server import SECRET_KEY, Server, until
from tests.e2e.subscriber import Subscriber, subscriber


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that gives up soon."""
    directory = tmp_path_factory.mktemp("under-way") / "data"
    server = Server(directory, SETI_RETRY_SCHEDULE="0,0.05").start()
    yield server
    server.close()


@pytest.fixture
def api(house: Server) -> Iterator[Api]:
    yield from leaving_no_endpoint(house)


class TestItsEndpoint:
    """A replay that waits for its receiver to answer, and what is done to the endpoint then."""

    @pytest.fixture
    def replay(self, api: Api, there: Subscriber) -> dict[str, Any]:
        """A replay of which some is under way, and some has still to be attempted."""
        for _ in range(6):
            a_customer(api)
        endpoint = made_at(api, there)["id"]
        there.answers_at_all.clear()
        replay = started(api, endpoint, "never_attempted")
        until(lambda: shown(api, replay)["counts"]["enqueued"] >= 6)
        return replay

    def test_is_disabled_and_enabled_again(
        self, api: Api, there: Subscriber, replay: dict[str, Any]
    ) -> None:
        """It is paused, and resumed by whoever wants that: then everything arrives."""
        endpoint = f"{STRIPES}/{replay['endpoint']}"
        api.post(endpoint, {"disabled": True})
        until(lambda: shown(api, replay)["status"] == "paused")
        paused = shown(api, replay)
        assert (paused["reason"], paused["counts"]["failed"]) == ("endpoint_disabled", 0)
        assert "disabled" in api.post(f"{REPLAYS}/{replay['id']}/resume").error["message"]
        there.answers_at_all.set()
        api.post(endpoint, {"disabled": False})
        until(lambda: api.post(f"{REPLAYS}/{replay['id']}/resume").status == 200)
        counts = ended(api, replay)["counts"]
        assert counts["delivered"] == counts["matched"] == len(there.heard) >= 6

    def test_is_deleted(self, api: Api, there: Subscriber, replay: dict[str, Any]) -> None:
        """It is canceled, and so is what it had still to send."""
        api.delete(f"{STRIPES}/{replay['endpoint']}")
        there.answers_at_all.set()
        until(lambda: shown(api, replay)["status"] == "canceled")
        told = shown(api, replay)
        assert told["reason"] == "endpoint_deleted"
        assert told["ended_at"] is not None
        until(lambda: "open" not in states(api, replay["endpoint"]))
        refused = api.post(f"{REPLAYS}/{replay['id']}/resume").refusal
        assert refused[0] == 400
        again = api.post(REPLAYS, asked(replay["endpoint"])).refusal
        assert again == (400, "invalid_request_error", "resource_missing", "endpoint")

    def test_is_canceled(self, api: Api, there: Subscriber, replay: dict[str, Any]) -> None:
        """What is canceled sends nothing more, and another may follow it."""
        api.post(f"{REPLAYS}/{replay['id']}/cancel")
        assert "open" not in states(api, replay["endpoint"], origin=replay["id"])
        there.answers_at_all.set()
        again = ended(api, started(api, replay["endpoint"], "never_attempted"))
        assert again["counts"]["delivered"] == again["counts"]["matched"] >= 6


class TestWhatHappensMeanwhile:
    def test_is_not_held_up(self, api: Api, there: Subscriber) -> None:
        """While a receiver leaves a replay without an answer, it is told what happens."""
        for _ in range(40):
            a_customer(api)
        endpoint = made_at(api, there, "customer.created", "customer.updated")["id"]
        a_customer(api)
        until(lambda: states(api, endpoint) == ["delivered"])
        with subscriber() as elsewhere:
            elsewhere.secret = there.secret
            elsewhere.answers_at_all.clear()
            replay = started(api, endpoint, url=elsewhere.url)
            until(lambda: shown(api, replay)["counts"]["enqueued"] > 40)
            live = a_customer(api)
            until(lambda: ("customer.created", live) in there.types)
            elsewhere.answers_at_all.set()
            assert ended(api, replay)["counts"]["failed"] == 0

    def test_says_nothing_of_the_endpoint_elsewhere(self, api: Api, there: Subscriber) -> None:
        """Another URL is signed to with the endpoint's secret, and is not sent its headers."""
        a_customer(api)
        endpoint = made_at(api, there, headers={"X-Token": "for the endpoint alone"})["id"]
        a_customer(api)
        until(lambda: states(api, endpoint) == ["delivered"])
        assert there.headers["X-Token"] == "for the endpoint alone"
        with subscriber() as elsewhere:
            elsewhere.secret = there.secret
            replay = ended(api, started(api, endpoint, url=elsewhere.url))
            assert replay["counts"]["delivered"] == len(elsewhere.heard) >= 2
            assert "X-Token" not in elsewhere.headers
            assert elsewhere.refused == []

    def test_is_not_held_against_the_endpoint(self, api: Api, there: Subscriber) -> None:
        """A replay to a URL where nobody is does not make its endpoint wait."""
        for _ in range(8):
            a_customer(api)
        endpoint = made_at(api, there)["id"]
        replay = ended(api, started(api, endpoint, url="http://127.0.0.1:9/nobody"))
        assert replay["counts"]["failed"] == replay["counts"]["matched"] >= 8
        live = a_customer(api)
        until(lambda: ("customer.created", live) in there.types, within=5)
        until(lambda: states(api, endpoint, origin="live") == ["delivered"])


@pytest.mark.parametrize("which", ["failed", "parked", "never_attempted", "all"])
def test_a_dry_run_counts_what_is_sent(api: Api, there: Subscriber, which: str) -> None:
    """Whatever states are asked for, as much is sent as was counted, and nothing by counting."""
    a_customer(api)
    there.answers = [500, 500]
    endpoint = made_at(api, there)["id"]
    a_customer(api)
    until(lambda: states(api, endpoint) == ["exhausted"])
    a_customer(api)
    until(lambda: states(api, endpoint) == ["delivered", "exhausted"])
    api.post(f"{STRIPES}/{endpoint}", {"disabled": True})
    until(lambda: shown_disabled(api, endpoint))
    a_customer(api)
    until(lambda: "parked" in states(api, endpoint))
    dry = ended(api, started(api, endpoint, which, dry_run=True))
    api.post(f"{STRIPES}/{endpoint}", {"disabled": False})
    until(lambda: api.post(REPLAYS, asked(endpoint, which)).status == 200)
    replay = ended(api, api.get(REPLAYS, {"limit": 1}).object["data"][0])
    assert dry["counts"]["enqueued"] == len(states(api, endpoint, origin=dry["id"])) == 0
    assert dry["counts"]["matched"] == replay["counts"]["delivered"] > 0


def shown_disabled(api: Api, endpoint: str) -> bool:
    return bool(api.get(f"{STRIPES}/{endpoint}").object["status"] == "disabled")


class TestRepeated:
    @pytest.mark.parametrize("dry_run", [True, False])
    def test_one_at_a_time(self, api: Api, there: Subscriber, *, dry_run: bool) -> None:
        """However often it is asked for, one is under way."""
        for _ in range(3):
            a_customer(api)
        endpoint = made_at(api, there)["id"]
        there.answers_at_all.clear()
        form = asked(endpoint, dry_run=dry_run)
        first = api.post(REPLAYS, form).object
        if api.post(f"{REPLAYS}/{first['id']}/pause").status == 200:
            answers = [api.post(REPLAYS, form).refusal for _ in range(20)]
            assert set(answers) == {(400, "invalid_request_error", None, "endpoint")}
            api.post(f"{REPLAYS}/{first['id']}/cancel")
        there.answers_at_all.set()
        assert ended(api, api.post(REPLAYS, form).object)["counts"]["matched"] >= 3

    def test_under_one_key(self, api: Api, there: Subscriber) -> None:
        """What is asked for twice under one Idempotency-Key is sent once more, and not twice."""
        endpoint = made_at(api, there)["id"]
        a_customer(api)
        until(lambda: states(api, endpoint) == ["delivered"])
        (delivery,) = api.all(DELIVERIES, {"endpoint": endpoint})
        again = [
            api.post(f"{DELIVERIES}/{delivery['id']}/resend", Idempotency_Key="once").object
            for _ in range(3)
        ]
        assert again[0] == again[1] == again[2]
        until(lambda: states(api, endpoint) == ["delivered"] * 2)

    def test_turned_under_one_key(self, api: Api, there: Subscriber) -> None:
        """A pause that is asked for a second time under its key does not pause what went on."""
        there.answers_at_all.clear()
        a_customer(api)
        endpoint = made_at(api, there)["id"]
        path = f"{REPLAYS}/{started(api, endpoint)['id']}"
        paused = api.post(f"{path}/pause", Idempotency_Key="halt").object
        assert api.post(f"{path}/resume").object["status"] == "running"
        assert api.post(f"{path}/pause", Idempotency_Key="halt").object == paused
        assert api.get(path).object["status"] == "running"

    def test_refused_under_one_key(self, api: Api, there: Subscriber) -> None:
        """A refusal is kept under its key as well, and what was started is not started again."""
        there.answers_at_all.clear()
        a_customer(api)
        endpoint = made_at(api, there)["id"]
        first = api.post(REPLAYS, asked(endpoint), Idempotency_Key="first").object
        refused = api.post(REPLAYS, asked(endpoint), Idempotency_Key="second").refusal
        assert refused[0] == 400
        api.post(f"{REPLAYS}/{first['id']}/cancel")
        assert api.post(REPLAYS, asked(endpoint), Idempotency_Key="second").refusal == refused
        assert api.post(REPLAYS, asked(endpoint), Idempotency_Key="first").object == first
        assert api.all(REPLAYS)[0]["id"] == first["id"]


class TestOthers:
    """Deliveries and replays of another account are not there."""

    @pytest.fixture
    def stranger(self, house: Server) -> Iterator[Api]:
        operator = Operator(house)
        with Api(house.url, operator.text(account=operator.account())) as client:
            yield client

    def test_are_not_found(self, api: Api, there: Subscriber, stranger: Api) -> None:
        """Neither looked at, nor sent again, nor listed, nor turned."""
        endpoint = made_at(api, there)["id"]
        a_customer(api)
        until(lambda: states(api, endpoint) == ["delivered"])
        (delivery,) = api.all(DELIVERIES, {"endpoint": endpoint})
        replay = ended(api, started(api, endpoint))
        before = len(there.heard)
        looks = [f"{DELIVERIES}/{delivery['id']}", f"{DELIVERIES}/{delivery['id']}/attempts"]
        for path in (*looks, f"{REPLAYS}/{replay['id']}"):
            assert stranger.get(path).status == 404
        turns = [f"{REPLAYS}/{replay['id']}/{turn}" for turn in ("pause", "resume", "cancel")]
        for path in (f"{DELIVERIES}/{delivery['id']}/resend", *turns):
            assert stranger.post(path).status == 404
        refused = stranger.post(REPLAYS, asked(endpoint)).refusal
        assert refused == (400, "invalid_request_error", "resource_missing", "endpoint")
        for path in (DELIVERIES, REPLAYS):
            assert stranger.all(path) == []
            assert stranger.get(path, {"endpoint": endpoint}).refusal == refused
        assert stranger.get(DELIVERIES, {"event": delivery["event"]}).refusal[3] == "event"
        assert len(there.heard) == before

    def test_are_seen_by_a_platform(self, api: Api, house: Server, there: Subscriber) -> None:
        """What happened to connected accounts is replayed to a Connect endpoint, and says whose."""
        operator = Operator(house)
        connected, stranger = operator.connected(), operator.account()
        for account in (connected, stranger):
            with Api(house.url, operator.text(account=account)) as own:
                a_customer(own)
        own_customer = a_customer(api)
        endpoint = made_at(api, there, connect=True)["id"]
        replay = ended(api, started(api, endpoint, "never_attempted"))
        assert replay["counts"]["delivered"] == len(there.heard) == 1
        ((told,),) = there.heard.values()
        assert told["account"] == connected
        assert told["data"]["object"]["id"] != own_customer
        (delivery,) = api.all(DELIVERIES, {"endpoint": endpoint})
        again = api.post(f"{DELIVERIES}/{delivery['id']}/resend").object
        until(lambda: states(api, endpoint, origin=again["origin"]) == ["delivered"])
        assert {copy["account"] for copy in there.heard[told["id"]]} == {connected}


def has_heard(there: Subscriber, more_than: int) -> bool:
    return len(there.heard) > more_than


def test_killed_again_and_again(tmp_path: Path) -> None:
    """However often it is killed on its way, a replay loses nothing, and repeats a little."""
    house = Server(tmp_path / "data", SETI_RETRY_SCHEDULE="0,0.05,0.05").start()
    house.port = int(house.url.rpartition(":")[2])
    kills, number = 3, 300
    with subscriber() as there:
        with Api(house.url, SECRET_KEY) as api:
            names = {a_customer(api) for _ in range(number)}
            endpoint = made_at(api, there)["id"]
            replay = started(api, endpoint, "never_attempted")
        for step in range(kills):
            wanted = step * number // (kills + 1)
            until(partial(has_heard, there, wanted))
            house.kill()
            house.start()
        with Api(house.url, SECRET_KEY) as api:
            counts = ended(api, replay)["counts"]
        house.close()
    told = [len(copies) for copies in there.heard.values()]
    assert counts["matched"] == counts["enqueued"] == counts["delivered"] == number
    assert names == {name for _, name in there.types}
    # What was under way to one endpoint when it was killed, or not written down, comes twice.
    at_once = config.ATTEMPTS_PER_ENDPOINT_MAX + config.OUTCOMES_BATCH_MAX
    assert sum(told) - number <= kills * at_once

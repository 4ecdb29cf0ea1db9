"""The log as a stream: whole or a part, followed, cut off, and what is asked for in vain."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from service.api.own.following import HEARTBEAT
from tests.e2e.client import Api
from tests.e2e.intents import CARD, INTENTS, saved
from tests.e2e.operator import Operator
from tests.e2e.server import SECRET_KEY, Server
from tests.e2e.streaming import Stream

LOG = "/seti/v1/log"


def entries(api: Api, **query: Any) -> list[dict[str, Any]]:
    """Return what the log tells, to its end."""
    answer = api.get(LOG, query)
    assert answer.status == 200, answer.body
    return [json.loads(line) for line in answer.body.splitlines()]


@pytest.fixture
def client(own_server: Server) -> Iterator[Api]:
    with Api(own_server.url, SECRET_KEY) as api:
        yield api


class TestParts:
    def test_of_one_object(self, api: Api) -> None:
        """An object's own history is told in the order of its versions."""
        intent = saved(api)
        told = entries(api, object=intent["id"])
        assert [entry["version"] for entry in told] == list(range(1, len(told) + 1))
        assert {entry["stream"] for entry in told} == {intent["id"]}
        assert told[0]["event"]["setup_intent_id"] == intent["id"]

    def test_of_some_topics(self, api: Api) -> None:
        """Only events of the topics that are named are told."""
        saved(api)
        told = entries(api, topics=["SetupIntentSucceeded", "CustomerCreated"])
        assert told
        assert {entry["topic"] for entry in told} <= {"SetupIntentSucceeded", "CustomerCreated"}

    def test_of_a_time(self, api: Api) -> None:
        """Only events of the seconds that are named are told."""
        at = saved(api)["created"]
        told = entries(api, created={"gte": at, "lt": at + 1})
        assert {entry["created"] for entry in told} == {at}
        assert entries(api, created={"gt": at + 3600}) == []

    def test_in_two_reads_are_the_whole(self, api: Api) -> None:
        """Who reads up to a position, and later on after it, has read everything once."""
        saved(api)
        whole = entries(api)
        middle = whole[len(whole) // 2]["position"]
        parts = entries(api, until=middle) + entries(api, after=middle, until=whole[-1]["position"])
        assert parts == whole

    def test_tell_who_asked(self, api: Api) -> None:
        """The actor is told with its key masked, and no secret is anywhere."""
        intent = saved(api)
        text = api.get(LOG, {"object": intent["id"]}).body.decode()
        actor = json.loads(text.splitlines()[0])["actor"]
        assert actor["request"].startswith("req_")
        assert actor["key"].endswith(SECRET_KEY[-4:])
        assert SECRET_KEY not in text
        assert intent["client_secret"] not in text

    def test_are_for_whoever_may_read_the_log(
        self, server: Server, api: Api, operator: Operator
    ) -> None:
        """A restricted key that is allowed it reads of people too; any other reads nothing."""
        name = api.post("/v1/customers", {"email": "jenny@example.org"}).object["id"]
        for resource, status in (("log", 200), ("customers", 403)):
            key = operator.text(
                account=operator.first.id, kind="restricted", permissions={resource: "read"}
            )
            with Api(server.url, key) as auditor:
                answer = auditor.get(LOG, {"object": name})
            assert (answer.status, b"jenny@example.org" in answer.body) == (status, status == 200)

    def test_are_the_callers_own(self, server: Server, api: Api, operator: Operator) -> None:
        """Another account's log, and the other mode's, hold nothing of this one's."""
        intent = saved(api)
        with Api(server.url, operator.text(kind="secret", livemode=True)) as live:
            assert intent["id"] not in {entry["stream"] for entry in entries(live)}
            refusal = live.get(LOG, {"object": intent["id"]}).refusal
        assert refusal == (400, "invalid_request_error", "resource_missing", "object")


class TestInVain:
    @pytest.mark.parametrize(
        ("query", "param"),
        [
            ({"after": 10**9}, "after"),
            ({"after": -1}, "after"),
            ({"after": "first"}, "after"),
            ({"after": 2**64}, "after"),
            ({"after": 2, "until": 1}, "until"),
            ({"until": 10**9}, "until"),
            ({"until": ""}, "until"),
            ({"created": "yesterday"}, "created"),
            ({"created": {"gte": "2026-01-01"}}, "created[gte]"),
            ({"created": {"gte": 2, "lt": 1}}, "created"),
            ({"created": {"since": 1}}, "created[since]"),
            ({"topics": ["Wat"]}, "topics[0]"),
            ({"topics": "SetupIntentCreated"}, "topics"),
            ({"object": "seti_none"}, "object"),
            ({"follow": "perhaps"}, "follow"),
            ({"wat": 1}, "wat"),
        ],
        ids=str,
    )
    def test_is_told_by_name(self, api: Api, query: dict[str, Any], param: str) -> None:
        """What cannot be streamed is refused before anything is, with the parameter's name."""
        saved(api)
        status, kind, _, told = api.get(LOG, query).refusal
        assert (status, kind, told) == (400, "invalid_request_error", param)


class TestFollowed:
    def test_tells_what_happens_later(self, server: Server, api: Api) -> None:
        """Who follows is told first what there is, and then what is appended, as it is."""
        head = entries(api)[-1]["position"]
        query = {"follow": True, "after": head, "topics": ["SetupIntentSucceeded"]}
        with Stream(server.url, LOG, query) as stream:
            assert stream.line() == {"object": HEARTBEAT, "position": head}
            for _ in range(2):
                intent = saved(api)
                assert stream.told()["stream"] == intent["id"]

    def test_ends_where_it_is_to(self, server: Server, api: Api) -> None:
        """Who follows up to a position is told no more than that."""
        head = entries(api)[-1]["position"]
        query = {"follow": True, "after": head, "until": head + 2}
        with Stream(server.url, LOG, query) as stream:
            api.post(INTENTS, CARD)
            api.post(INTENTS, CARD)
            assert [line["position"] for line in stream.rest()] == [head + 1, head + 2]

    def test_ends_with_its_key(self, server: Server, api: Api, operator: Operator) -> None:
        """Who follows is told nothing that happens after the key was revoked, but that it was."""
        key, head = operator.key(kind="secret"), entries(api)[-1]["position"]
        assert key.text is not None
        with Stream(server.url, LOG, {"follow": True, "after": head}, key.text) as stream:
            first = stream.line()
            operator.revoke(key.id)
            saved(api)
            *told, last = stream.rest()
        assert (first or {})["object"] == HEARTBEAT
        assert [
            line["stream"] for line in told if line.get("topic", "").startswith("SetupIntent")
        ] == []
        assert last["error"]["type"] == "invalid_request_error"

    def test_ends_with_the_server(self, own_server: Server, client: Api) -> None:
        """A server that is told to stop ends what is followed, whole, and itself in time."""
        saved(client)
        with Stream(own_server.url, LOG, {"follow": True}) as stream:
            assert stream.told()["position"] > 0
            own_server.stop()
            assert all("error" not in line for line in stream.rest())


class TestStalledReaders:
    def test_hold_up_nobody(self, own_server: Server, client: Api) -> None:
        """Who stops reading neither slows others down, nor keeps a server from ending in time."""
        wide = {f"key{number}": "x" * 500 for number in range(50)}
        for _ in range(300):
            client.post("/v1/customers", {"metadata": wide})
        stalled = [Stream(own_server.url, LOG) for _ in range(3)]
        intent = saved(client)
        assert entries(client, object=intent["id"])
        own_server.stop()
        for stream in stalled:
            stream.__exit__()

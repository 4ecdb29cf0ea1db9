"""What an owner does to an endpoint, over HTTP, and what its receiver notices of it."""

from collections.abc import Iterator
from typing import Final

import pytest
import stripe

from tests.e2e.client import Api
from tests.e2e.endpoints import OWN, STRIPES, leaving_no_endpoint, made_at, shown_of
from tests.e2e.intents import a_customer
from tests.e2e.server import Server, serving, until
from tests.e2e.subscriber import Subscriber, subscriber

DISABLED: Final = "seti.webhook_endpoint.disabled"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that tries again at once."""
    yield from serving(tmp_path_factory, SETI_RETRY_SCHEDULE="0,0.05,0.05")


@pytest.fixture
def api(house: Server) -> Iterator[Api]:
    yield from leaving_no_endpoint(house)


class TestShowing:
    def test_stripes_object_stays_as_it_is(self, api: Api, there: Subscriber) -> None:
        """What is ours is shown below /seti, and Stripe's own operation knows nothing of it."""
        made = made_at(api, there, ordered=True, headers={"X-Key": "a credential"})
        own = shown_of(api, made)
        plain = api.get(f"{STRIPES}/{made['id']}").object
        assert plain.keys() < own.keys()
        assert (own["ordered"], own["status"], own["status_details"]) == (True, "enabled", None)
        assert own.keys() - plain.keys() == {
            "headers",
            "health",
            "ordered",
            "secrets",
            "status_details",
        }
        assert {**plain, "object": "endpoint"}.items() <= own.items()
        assert "secret" not in own

    def test_lists_the_newest_first(self, api: Api, there: Subscriber) -> None:
        """Endpoints are listed as Stripe lists them, whichever way they were made."""
        first = made_at(api, there)
        second = api.post(STRIPES, {"url": there.url, "enabled_events": ["*"]}).object
        listed = api.get(OWN, {"limit": 1}).object
        assert [one["id"] for one in listed["data"]] == [second["id"]]
        assert listed["has_more"]
        rest = api.get(OWN, {"starting_after": second["id"]}).object
        assert rest["data"] == [shown_of(api, first)]

    def test_tells_how_an_endpoint_fares(self, api: Api, there: Subscriber) -> None:
        """The last success, the last failure, and what waits."""
        there.answers = [500]
        made = made_at(api, there)
        a_customer(api)
        until(lambda: shown_of(api, made)["health"]["last_success_at"])
        health = shown_of(api, made)["health"]
        assert health["last_failure_at"] <= health["last_success_at"]
        assert (health["last_outcome"], health["last_status"]) == ("delivered", 200)
        assert [health[name] for name in ("failures", "failing_since", "open", "parked")] == [
            0,
            None,
            0,
            0,
        ]

    def test_has_nothing_to_expand(self, api: Api, there: Subscriber) -> None:
        """An endpoint holds no other object, and no operation takes it for one."""
        made = made_at(api, there)
        expand = {"expand": ["application"]}
        form = {"url": there.url, "enabled_events": ["*"], **expand}
        assert api.post(OWN, form).status == 400
        assert api.post(f"{OWN}/{made['id']}", expand).status == 400
        assert api.get(OWN, {"expand": ["data.application"]}).status == 400

    @pytest.mark.parametrize("name", ["we_nope", "seti_1", "cus_1", "..", "we_"])
    def test_knows_no_other(self, api: Api, name: str) -> None:
        """What is no endpoint of the caller's is not there, for any operation."""
        missing = (404, "invalid_request_error", "resource_missing", "webhook_endpoint")
        if name != "..":
            assert api.get(f"{OWN}/{name}").refusal == missing
            assert api.post(f"{OWN}/{name}").refusal == missing
        for what in ("roll_secret", "ping"):
            assert api.post(f"{OWN}/{name}/{what}").status == 404


class TestDisabling:
    def test_is_told_with_its_reason(self, api: Api, there: Subscriber) -> None:
        """An endpoint that answers 410 to two events is disabled; the owner sees why."""
        there.answers = [410] * 6
        made = made_at(api, there)
        with subscriber() as watching:
            made_at(api, watching, DISABLED)
            a_customer(api)
            a_customer(api)
            until(lambda: (DISABLED, made["id"]) in watching.types)
        shown = shown_of(api, made)
        assert shown["status"] == api.get(f"{STRIPES}/{made['id']}").object["status"] == "disabled"
        assert shown["status_details"]["reason"] == "gone"
        until(lambda: shown_of(api, made)["health"]["parked"] == 2)
        (event,) = api.get("/v1/events", {"type": DISABLED, "limit": 1}).object["data"]
        assert event["data"]["status_details"] == shown["status_details"]
        assert event["request"] is None

    def test_is_undone(self, api: Api, there: Subscriber) -> None:
        """Enabled again, an endpoint hears of what happens from then on."""
        made = made_at(api, there)
        disabled = api.post(f"{OWN}/{made['id']}", {"disabled": True}).object
        assert disabled["status_details"]["reason"] == "requested"
        missed = a_customer(api)
        until(lambda: shown_of(api, made)["health"]["parked"] == 1)
        enabled = api.post(f"{STRIPES}/{made['id']}", {"disabled": False}).object
        assert enabled["status"] == "enabled"
        assert shown_of(api, made)["status_details"] is None
        heard = a_customer(api)
        until(lambda: there.types == [("customer.created", heard)])
        assert missed not in str(there.heard)
        assert shown_of(api, made)["health"]["parked"] == 1

    def test_is_not_done_again_for_what_was_before(self, api: Api, there: Subscriber) -> None:
        """Enabled again at once, an endpoint is judged by what comes then, and by that alone."""
        there.answers = [410] * 100
        made = made_at(api, there)
        for _ in range(2):
            a_customer(api)
        until(lambda: shown_of(api, made)["status"] == "disabled")
        api.post(f"{OWN}/{made['id']}", {"disabled": False})
        a_customer(api)
        until(lambda: shown_of(api, made)["health"]["failures"] == 3)
        shown = shown_of(api, made)
        assert (shown["status"], shown["status_details"]) == ("enabled", None)
        a_customer(api)
        until(lambda: shown_of(api, made)["status"] == "disabled")

    def test_a_disabled_endpoint_cannot_be_pinged(self, api: Api, there: Subscriber) -> None:
        """Nothing is sent to it, and nothing is recorded."""
        made = made_at(api, there)
        api.post(f"{OWN}/{made['id']}", {"disabled": True})
        assert api.post(f"{OWN}/{made['id']}/ping").status == 400


class TestHeaders:
    def test_are_sent_and_notshown_of(self, api: Api, there: Subscriber) -> None:
        """A receiver gets the values whole; their owner sees no more than how they end."""
        headers = {"Authorization": "Bearer abcdefghijklmnop", "X-Short": "abc"}
        made = made_at(api, there, headers=headers)
        assert made["headers"] == {"Authorization": "********mnop", "X-Short": "********"}
        customer = a_customer(api)
        until(lambda: there.types == [("customer.created", customer)])
        assert there.headers["Authorization"] == "Bearer abcdefghijklmnop"
        assert there.headers["X-Short"] == "abc"

    def test_are_changed_one_by_one(self, api: Api, there: Subscriber) -> None:
        """A header takes the place of its namesake, an empty one goes, and so may all."""
        made = made_at(api, there, headers={"X-A": "1", "X-B": "2"})
        path = f"{OWN}/{made['id']}"
        changed = api.post(path, {"headers": {"x-a": "", "X-C": "3"}}).object
        assert list(changed["headers"]) == ["X-B", "X-C"]
        assert api.post(path, {"headers": ""}).object["headers"] == {}

    def test_are_bounded_together(self, api: Api, there: Subscriber) -> None:
        """Headers that are too many with those that there are change nothing."""
        first = {f"X-{number}": "v" for number in range(20)}
        made = made_at(api, there, headers=first)
        path = f"{OWN}/{made['id']}"
        assert api.post(path, {"headers": {"X-20": "v"}}).error["param"] == "headers"
        assert api.post(path, {"headers": {"X-0": "v" * 4090}}).error["param"] == "headers"
        assert list(shown_of(api, made)["headers"]) == sorted(first)


class TestPing:
    def test_arrives_and_is_recorded(self, api: Api, there: Subscriber) -> None:
        """A ping reaches an endpoint of any types, and its answer is the event."""
        made = made_at(api, there, "mandate.updated")
        event = api.post(f"{OWN}/{made['id']}/ping").object
        assert event["data"]["object"]["id"] == made["id"]
        until(lambda: event["id"] in there.heard)
        until(lambda: api.get(f"/v1/events/{event['id']}").object["pending_webhooks"] == 0)
        told = api.get(f"/v1/events/{event['id']}").object
        assert told == {**event, "pending_webhooks": 0}

    def test_is_done_once_for_a_key(self, api: Api, there: Subscriber) -> None:
        """A ping that is repeated under its key is no second one."""
        made = made_at(api, there)
        path = f"{OWN}/{made['id']}/ping"
        ids = {api.post(path, Idempotency_Key="once").object["id"] for _ in range(2)}
        assert len(ids) == 1


class TestBadUrls:
    @pytest.mark.parametrize(
        "url",
        [
            "ftp://example.com/",
            "https://user:pw@example.com/",
            "https://10.0.0.1/",
            "https://169.254.169.254/",
            "https://0x7f000001/",
            "https://[::ffff:10.0.0.1]/",
            "https://[64:ff9b::a00:1]/",
            "https://%31%30.0.0.1/",
            "https://\uff11\uff10.0.0.1/",
            "https://example.com:99999/",
            "https://example.com/#x",
            "https://example.com/\r\nX: y",
            "https://exam\\ple.com/",
            "https://example.com/" + "a" * 2048,
        ],
        ids=ascii,
    )
    @pytest.mark.parametrize("path", [OWN, STRIPES])
    def test_are_refused(self, api: Api, there: Subscriber, path: str, url: str) -> None:
        """No endpoint is made of one, nor given one, and `param` says what is wrong."""
        refused = api.post(path, {"url": url, "enabled_events": ["*"]})
        expected = (400, "invalid_request_error", "url_invalid", "url")
        assert refused.refusal == expected
        made = made_at(api, there)
        assert api.post(f"{path}/{made['id']}", {"url": url}).refusal == expected
        assert shown_of(api, made)["url"] == there.url


def test_an_official_sdk_reads_what_is_told(api: Api, there: Subscriber) -> None:
    """The official SDK takes an event of our own type for an event like any other."""
    made = made_at(api, there)
    event = stripe.Event.construct_from(api.post(f"{OWN}/{made['id']}/ping").object, "sk_test_x")
    assert str(event.type) == "seti.webhook_endpoint.ping"
    assert isinstance(event.data.object, stripe.WebhookEndpoint)

"""What browsers and monitors ask: HEAD, OPTIONS, and answers to pages of other origins."""

import re

import pytest

from service.api.routes import EVERY_OPERATION
from tests.e2e.client import Api
from tests.e2e.raw import exchange, head
from tests.e2e.server import Server

INTENTS = "/v1/setup_intents"
PAGE = "https://shop.example"
PATHS = sorted({operation.path for operation in EVERY_OPERATION})
READS = [
    operation.path
    for operation in EVERY_OPERATION
    if operation.method == "GET" and operation.shape != "lines"
]
STREAMS = [operation.path for operation in EVERY_OPERATION if operation.shape == "lines"]
POSTED_ONLY = sorted(set(PATHS) - {*READS, *STREAMS})


def somewhere(path: str) -> str:
    """Return *path* with ids of nothing in its gaps."""
    return re.sub(r"{\w+}", "none", path)


class TestHead:
    @pytest.mark.parametrize("path", READS)
    def test_is_the_get_without_its_body(self, api: Api, path: str) -> None:
        """A HEAD tells what the GET would: its status, its headers and its length."""
        name = somewhere(path)
        got, asked = api.get(name), api.call("HEAD", name)
        assert (asked.status, asked.body) == (got.status, b"")
        told = ("content-length", "content-type", "stripe-version")
        assert [asked.headers.get(name) for name in told] == [
            got.headers.get(name) for name in told
        ]

    @pytest.mark.parametrize("path", STREAMS)
    def test_of_a_stream_begins_none(self, api: Api, path: str) -> None:
        """A HEAD tells that a stream would be given, and gives none."""
        asked = api.call("HEAD", path)
        assert (asked.status, asked.body) == (200, b"")
        assert asked.headers["content-type"] == "application/x-ndjson"

    @pytest.mark.parametrize("path", POSTED_ONLY)
    def test_of_what_is_only_posted_is_not_there(self, api: Api, path: str) -> None:
        """Where there is no GET, there is no HEAD."""
        assert api.call("HEAD", somewhere(path)).status == 404


class TestPreflight:
    @pytest.mark.parametrize("path", PATHS)
    def test_tells_what_may_be_asked(self, api: Api, path: str) -> None:
        """Every operation's address tells a browser its methods, without a key."""
        asking = {"Origin": PAGE, "Access-Control-Request-Method": "POST", "Authorization": ""}
        answer = api.call("OPTIONS", somewhere(path), headers=asking)
        known = {operation.method for operation in EVERY_OPERATION if operation.path == path}
        known |= {"OPTIONS", "HEAD"} if "GET" in known else {"OPTIONS"}
        assert answer.object == {}
        assert set(answer.headers["access-control-allow-methods"].split(", ")) == known
        assert answer.headers["allow"] == answer.headers["access-control-allow-methods"]
        assert answer.headers["access-control-allow-origin"] == "*"
        assert int(answer.headers["access-control-max-age"]) > 0

    @pytest.mark.parametrize(
        "name",
        [
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "Stripe-Account",
            "Stripe-Context",
            "Stripe-Request-Trigger",
            "Stripe-Version",
            "X-Stripe-Client-Telemetry",
            "X-Stripe-Client-User-Agent",
        ],
    )
    def test_lets_headers_through(self, api: Api, name: str) -> None:
        """A page may send what a call is made of, and what an SDK within it adds to any call."""
        allowed = api.call("OPTIONS", INTENTS).headers["access-control-allow-headers"]
        assert name in allowed.split(", ")

    def test_of_nothing_is_not_there(self, api: Api) -> None:
        """An unknown address allows nothing."""
        answer = api.call("OPTIONS", "/v1/wat", headers={"Origin": PAGE})
        assert answer.status == 404
        assert "access-control-allow-methods" not in answer.headers


class TestAnswersToPages:
    @pytest.mark.parametrize(
        "path", [INTENTS, f"{INTENTS}/seti_none", "/v1/wat"], ids=["403", "400", "404"]
    )
    def test_may_be_read(self, browser: Api, path: str) -> None:
        """A page reads what it is answered, refusals and the call's id included."""
        answer = browser.get(path, Origin=PAGE)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert {"Request-Id", "Stripe-Version"} <= set(
            answer.headers["access-control-expose-headers"].split(", ")
        )
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["vary"] == "Origin"

    def test_without_a_key_may_be_read(self, browser: Api) -> None:
        """A page that has sent no key is told so."""
        answer = browser.get(INTENTS, Origin=PAGE, Authorization="")
        assert (answer.status, answer.headers["access-control-allow-origin"]) == (401, "*")

    def test_are_for_pages_only(self, api: Api) -> None:
        """Who names no origin is told nothing of origins."""
        told = api.get(INTENTS).headers
        assert not [name for name in told if name.startswith("access-control")]

    @pytest.mark.parametrize("path", ["/healthz", "/metrics"])
    def test_are_not_about_the_house(self, server: Server, path: str) -> None:
        """What needs no key is no page's to read, and does not tell what it runs on."""
        answer = exchange(server.url, head("GET", path, f"Origin: {PAGE}", "Connection: close"))
        assert answer is not None
        assert (answer.status, answer.headers["server"]) == (200, "Seti")
        assert "access-control-allow-origin" not in answer.headers

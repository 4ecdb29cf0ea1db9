"""Seti's own operations: in every respect like Stripe's, but for where they are."""

import json
import urllib.request

from service.api.own.routes import OWN_OPERATIONS
from tests.e2e.client import Api
from tests.e2e.intents import saved
from tests.e2e.server import Server


def test_are_where_stripe_has_nothing() -> None:
    """All of them are below one path, and known as our own."""
    assert OWN_OPERATIONS
    assert all(one.is_own and one.path.startswith("/seti/v1/") for one in OWN_OPERATIONS)


def test_are_told_of(server: Server) -> None:
    """The document and the page tell of them as of all others."""
    with urllib.request.urlopen(f"{server.url}/openapi.json") as answer:  # noqa: S310 - our own URL
        paths = json.load(answer)["paths"]
    with urllib.request.urlopen(f"{server.url}/docs") as answer:  # noqa: S310 - our own URL
        page = answer.read().decode()
    for one in OWN_OPERATIONS:
        told = paths[one.path][one.method.lower()]
        assert told["operationId"].startswith("seti.")
        assert told["operationId"] in page


def test_open_with_a_key_only(browser: Api, server: Server) -> None:
    """No key and a publishable key are turned down as they are everywhere."""
    assert browser.get("/seti/v1/log").refusal[0] == 403
    with Api(server.url, "sk_test_wrong") as stranger:
        assert stranger.get("/seti/v1/log").refusal[0] == 401


def test_refuse_what_is_not_declared(api: Api) -> None:
    """An unknown parameter is told by name."""
    refusal = api.get("/seti/v1/log", {"wat": 1}).refusal
    assert refusal == (400, "invalid_request_error", "parameter_unknown", "wat")


def test_stream_lines(api: Api) -> None:
    """A stream is one object a line, in the order of the log."""
    intent = saved(api)
    answer = api.get("/seti/v1/log")
    assert answer.headers["content-type"] == "application/x-ndjson"
    entries = [json.loads(line) for line in answer.body.splitlines()]
    positions = [entry["position"] for entry in entries]
    assert positions == sorted(set(positions))
    told = [entry["topic"] for entry in entries if entry["stream"] == intent["id"]]
    assert told[0] == "SetupIntentCreated"
    assert told[-1] == "SetupIntentSucceeded"

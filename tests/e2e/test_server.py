"""The server as a process: how it starts, what it says, how it ends."""

import json
import signal
import socket
import urllib.request
from urllib.parse import urlsplit

import pytest

from tests.e2e.client import Api
from tests.e2e.raw import FORM, head
from tests.e2e.server import SECRET_KEY, Server


def test_stops_without_a_fault_and_starts_where_it_left(own_server: Server) -> None:
    """A second start finds everything where the first one left it."""
    with Api(own_server.url, SECRET_KEY) as api:
        made = api.post("/v1/setup_intents", {"description": "kept"})
    own_server.restart()
    with Api(own_server.url, SECRET_KEY) as api:
        found = api.get(f"/v1/setup_intents/{made.object['id']}")
    assert found.body == made.body


def test_stops_at_ctrl_c(own_server: Server) -> None:
    """What Ctrl-C sends ends the server as SIGTERM does, with exit code 0."""
    own_server.stop(signal.SIGINT)
    assert json.loads(own_server.output.lines[-1])["event"] == "seti.stopped"


def test_stops_in_time_whatever_hangs(own_server: Server) -> None:
    """A receiver that says nothing and a caller that never ends hold nobody up for long."""
    place = urlsplit(own_server.url)
    caller = socket.create_connection((place.hostname, place.port))
    with socket.create_server(("127.0.0.1", 0)) as deaf, Api(own_server.url, SECRET_KEY) as api:
        hook = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        api.post("/v1/webhook_endpoints", {"url": hook, "enabled_events": ["customer.created"]})
        api.post("/v1/customers", {"name": "Heard by nobody"})
        receiver, _ = deaf.accept()
        caller.sendall(head("POST", "/v1/customers", FORM, "Content-Length: 9") + b"name=")
        with caller, receiver:
            own_server.stop()


def test_says_what_happened_in_json_lines(own_server: Server) -> None:
    """Whatever is written to stdout is one JSON object a line, with what happened."""
    with Api(own_server.url, SECRET_KEY) as api:
        asked = api.post("/v1/setup_intents/seti_none").headers["request-id"]
    own_server.stop()
    told = [json.loads(line) for line in own_server.output.lines]
    assert [one["event"] for one in told if one.get("request") == asked] == ["command.refused"]
    assert told[-1]["event"] == "seti.stopped"


@pytest.mark.parametrize("path", ["/healthz", "/metrics"])
def test_health_needs_no_key(server: Server, path: str) -> None:
    """Health and metrics are told to whoever asks, without a secret in them."""
    with urllib.request.urlopen(server.url + path, timeout=5) as answer:  # noqa: S310 - our own URL
        told = answer.read().decode()
    assert answer.status == 200
    assert SECRET_KEY not in told

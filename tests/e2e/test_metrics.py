"""What `/metrics` and `/healthz` tell of what has happened."""

from tests.e2e.client import Api
from tests.e2e.intents import INTENTS, saved
from tests.e2e.measuring import measured
from tests.e2e.server import SECRET_KEY, Server, until
from tests.e2e.subscriber import subscriber

ATTEMPTS = "seti_delivery_attempts_total"


def test_calls_are_counted(own_server: Server) -> None:
    """Each call counts, by operation and status, and what was asked for is no label."""
    with Api(own_server.url, SECRET_KEY) as api:
        saved(api)
        api.get(f"{INTENTS}/seti_none")
    taken = {"operation": "POST /v1/setup_intents", "status": "200"}
    missed = {"operation": "GET /v1/setup_intents/{intent}", "status": "404"}
    assert measured(own_server, "seti_requests_total", **taken) == 1
    assert measured(own_server, "seti_requests_total", **missed) == 1
    operation = missed["operation"]
    assert measured(own_server, "seti_request_seconds_count", operation=operation) == 1


def test_deliveries_are_counted(own_server: Server) -> None:
    """Each attempt to deliver counts, by what came of it."""
    own_server.settings["SETI_RETRY_SCHEDULE"] = "0,0"
    own_server.restart()
    with subscriber() as there, Api(own_server.url, SECRET_KEY) as api:
        there.answers = [500]
        hook = {"url": there.url, "enabled_events": ["setup_intent.succeeded"]}
        there.secret = api.post("/v1/webhook_endpoints", hook).object["secret"]
        saved(api)
        until(lambda: measured(own_server, ATTEMPTS, kind="delivered") == 1)
    assert measured(own_server, ATTEMPTS, kind="status") == 1
    assert measured(own_server, "seti_delivery_seconds_count", attempts="several") == 1
    assert measured(own_server, "seti_delivery_seconds_count", attempts="one") == 0
    until(lambda: measured(own_server, "seti_breakers", state="closed") == 1)
    assert own_server.health["dispatcher"] == {"held": 0, "under_way": 0, "breakers_open": 0}


def test_disabled_endpoints_are_counted(own_server: Server) -> None:
    """Each endpoint that is disabled since it hears nothing counts, by the reason."""
    name = "seti_endpoints_disabled_total"
    with subscriber() as there, Api(own_server.url, SECRET_KEY) as api:
        there.answers = [410, 410]
        hook = {"url": there.url, "enabled_events": ["customer.created"]}
        there.secret = api.post("/v1/webhook_endpoints", hook).object["secret"]
        api.post("/v1/customers")
        api.post("/v1/customers")
        until(lambda: measured(own_server, name, reason="gone") == 1)
    assert measured(own_server, name, reason="failing") == 0


def test_views_and_deliveries_keep_up(own_server: Server) -> None:
    """What was answered is in the views, and fanned out: nothing lags."""
    with Api(own_server.url, SECRET_KEY) as api:
        saved(api)
    head = own_server.health["log"]["position"]
    until(lambda: own_server.health["deliveries"] == {"status": "ok", "position": head, "lag": 0})
    until(lambda: own_server.health["views"]["position"] == head)
    assert own_server.health["views"]["lag"] == 0
    assert measured(own_server, "seti_projection_lag_events") == 0
    assert measured(own_server, "seti_views_whole") == 1

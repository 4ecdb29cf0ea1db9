"""What endpoints may be, and how many: rows of the contract on webhooks that no SDK shows."""

from typing import Final

import pytest

from tests.e2e.client import Api
from tests.e2e.server import SECRET_KEY, Server

ENDPOINTS: Final = "/v1/webhook_endpoints"
FORM: Final = {"url": "http://127.0.0.1:9/hook", "enabled_events": ["*"]}
MOST: Final = 16


def test_an_account_has_sixteen_endpoints(own_server: Server) -> None:
    """One more is refused and not made, until there is room for it again."""
    with Api(own_server.url, SECRET_KEY) as api:
        made = [api.post(ENDPOINTS, FORM).object["id"] for _ in range(MOST)]
        refused = api.post(ENDPOINTS, FORM)
        assert refused.refusal == (400, "invalid_request_error", None, None)
        assert len(api.all(ENDPOINTS)) == MOST
        api.delete(f"{ENDPOINTS}/{made[0]}")
        assert api.post(ENDPOINTS, FORM).status == 200


def test_the_secret_is_told_once(api: Api) -> None:
    """Who made an endpoint is told its secret, and nobody is told again."""
    made = api.post(ENDPOINTS, FORM).object
    assert made["secret"].startswith("whsec_")
    path = f"{ENDPOINTS}/{made['id']}"
    assert "secret" not in api.get(path).object
    assert "secret" not in api.post(path, {"description": "Shop"}).object
    assert not [one for one in api.all(ENDPOINTS) if "secret" in one]
    api.delete(path)


@pytest.mark.parametrize("wrong", [{}, {"enabled_events": ["setup_intent.updated"]}])
def test_events_are_named(api: Api, wrong: dict[str, list[str]]) -> None:
    """An endpoint hears of events that there are; there is no news of an update of an intent."""
    refused = api.post(ENDPOINTS, {"url": FORM["url"], **wrong})
    param = "enabled_events[0]" if wrong else "enabled_events"
    assert (refused.status, refused.error["param"]) == (400, param)


def test_a_deleted_endpoint_is_told_of_once(api: Api) -> None:
    """A deletion answers with what is left, and then there is nothing."""
    made = api.post(ENDPOINTS, FORM).object
    path = f"{ENDPOINTS}/{made['id']}"
    gone = api.delete(path)
    assert gone.object == {"id": made["id"], "object": "webhook_endpoint", "deleted": True}
    assert api.get(path).refusal[:3] == (404, "invalid_request_error", "resource_missing")

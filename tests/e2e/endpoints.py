"""Endpoints of a test's own, made and looked at over HTTP."""

from collections.abc import Iterator
from typing import Any, Final

from tests.e2e.client import Api
from tests.e2e.server import SECRET_KEY, Server
from tests.e2e.subscriber import Subscriber

OWN: Final = "/seti/v1/webhook_endpoints"
STRIPES: Final = "/v1/webhook_endpoints"


def leaving_no_endpoint(server: Server) -> Iterator[Api]:
    """Give a client of *server*, after whom no endpoint is left: for fixtures."""
    with Api(server.url, SECRET_KEY) as client:
        yield client
        for endpoint in client.all(STRIPES):
            client.delete(f"{STRIPES}/{endpoint['id']}")


def made_at(api: Api, there: Subscriber, *types: str, **form: Any) -> dict[str, Any]:
    """Subscribe *there* to *types*, and let it know the secret."""
    wanted = {"url": there.url, "enabled_events": types or ("customer.created",), **form}
    made = api.post(OWN, wanted).object
    there.secret = made["secret"]
    return made


def shown_of(api: Api, endpoint: dict[str, Any]) -> dict[str, Any]:
    return api.get(f"{OWN}/{endpoint['id']}").object

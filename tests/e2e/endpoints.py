"""Endpoints of a test's own, made and looked at over HTTP."""

from typing import Any, Final

from tests.e2e.client import Api
from tests.e2e.subscriber import Subscriber

OWN: Final = "/seti/v1/webhook_endpoints"
STRIPES: Final = "/v1/webhook_endpoints"


def made_at(api: Api, there: Subscriber, *types: str, **form: Any) -> dict[str, Any]:
    """Subscribe *there* to *types*, and let it know the secret."""
    wanted = {"url": there.url, "enabled_events": types or ("customer.created",), **form}
    made = api.post(OWN, wanted).object
    there.secret = made["secret"]
    return made


def shown_of(api: Api, endpoint: dict[str, Any]) -> dict[str, Any]:
    return api.get(f"{OWN}/{endpoint['id']}").object

"""An endpoint as those who send to it know it, folded from its events. Pure."""

from typing import Any

from service.domain.endpoint_state import DISABLED, ENABLED, is_tried_anew
from service.domain.events import (
    EndpointCreated,
    EndpointDisabled,
    EndpointEvent,
    EndpointSecretRolled,
    EndpointUpdated,
)
from service.domain.signing_secrets import first_secret, rolled
from service.domain.values import JsonObject, Owner, replace
from service.webhooks.ledger.values import Endpoint


def begun(event: EndpointCreated, position: int) -> Endpoint:
    """Return the endpoint that *event*, at *position*, made."""
    return Endpoint(
        id=event.endpoint_id,
        owner=Owner(event.account, event.livemode),
        url=event.url,
        enabled_events=frozenset(event.enabled_events),
        enabled=True,
        api_version=event.api_version,
        since=position,
        connect=event.connect,
        ordered=event.ordered,
        headers=event.headers,
        secrets=(first_secret(event.at),),
        tried_from=event.at,
    )


def after(endpoint: Endpoint, event: EndpointEvent, position: int) -> Endpoint:
    """Return *endpoint* as it is after *event*, which is at *position*."""
    match event:
        case EndpointUpdated(changed=changed, at=at):
            tried_from = at if is_tried_anew(event) else endpoint.tried_from
            changed_one = replace(endpoint, **_values(changed), tried_from=tried_from)
            is_parked = changed.get("status") == DISABLED
            return replace(changed_one, parked_upto=position) if is_parked else changed_one
        case EndpointDisabled():
            return replace(endpoint, enabled=False, parked_upto=position)
        case EndpointSecretRolled():
            return replace(endpoint, secrets=rolled(endpoint.secrets, event))
        case _:
            return endpoint


def _values(changed: JsonObject) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: changed[name] for name in ("url", "ordered", "headers") if name in changed
    }
    if "enabled_events" in changed:
        values["enabled_events"] = frozenset(changed["enabled_events"])
    if "status" in changed:
        values["enabled"] = changed["status"] == ENABLED
    return values

"""
A webhook endpoint as its decider knows it, folded from its events.

It is *tried* anew whenever it is enabled or is given another URL: what it failed to hear
before says nothing of it any more.
"""

from typing import Any, Final, Literal, TypeAlias

from service.domain.events.endpoint import (
    DisabledReason,
    EndpointCreated,
    EndpointDisabled,
    EndpointSecretRolled,
    EndpointUpdated,
)
from service.domain.signing_secrets import SigningSecret, first_secret, rolled
from service.domain.standing import Standing
from service.domain.values import NOBODY, JsonObject, Owner, Value, field, replace

ENABLED: Final = "enabled"
DISABLED: Final = "disabled"

WhyDisabled: TypeAlias = DisabledReason | Literal["requested"]


class Disabled(Value, frozen=True, kw_only=True):
    """
    That an endpoint was disabled *at* an instant, and why: its owner *requested* it, or it
    had heard nothing from *since* on.
    """

    reason: WhyDisabled
    at: int
    since: int | None = None


class Endpoint(Value, frozen=True, kw_only=True):
    """
    A subscribed URL. *attributes* are those that an update may change.

    *secrets* are those that sign, or did, the newest first. *tried_from* is the instant from
    which on its failures count, *disabled* is there while it is.
    """

    id: str = ""
    owner: Owner = NOBODY
    standing: Standing = Standing.NEW
    attributes: JsonObject = field(default_factory=dict)
    secrets: tuple[SigningSecret, ...] = ()
    tried_from: int = 0
    disabled: Disabled | None = None


def begun(event: EndpointCreated) -> Endpoint:
    """Return the endpoint that *event* made."""
    return Endpoint(
        id=event.endpoint_id,
        owner=Owner(event.account, event.livemode),
        standing=Standing.LIVING,
        attributes={
            "url": event.url,
            "enabled_events": event.enabled_events,
            "description": event.description,
            "metadata": event.metadata,
            "ordered": event.ordered,
            "headers": event.headers,
            "status": ENABLED,
        },
        secrets=(first_secret(event.at),),
        tried_from=event.at,
    )


def after_update(endpoint: Endpoint, event: EndpointUpdated) -> Endpoint:
    """Return *endpoint* with its new values."""
    changed = tuples(event.changed)
    disabled = endpoint.disabled
    if "status" in changed:
        requested = Disabled(reason="requested", at=event.at)
        disabled = requested if changed["status"] == DISABLED else None
    return replace(
        endpoint,
        attributes={**endpoint.attributes, **changed},
        tried_from=event.at if is_tried_anew(event) else endpoint.tried_from,
        disabled=disabled,
    )


def after_disabling(endpoint: Endpoint, event: EndpointDisabled) -> Endpoint:
    """Return *endpoint* as one that is told nothing more."""
    return replace(
        endpoint,
        attributes={**endpoint.attributes, "status": DISABLED},
        disabled=Disabled(reason=event.reason, at=event.at, since=event.since),
    )


def after_roll(endpoint: Endpoint, event: EndpointSecretRolled) -> Endpoint:
    """Return *endpoint* with one secret more."""
    return replace(endpoint, secrets=rolled(endpoint.secrets, event))


def is_tried_anew(event: EndpointUpdated) -> bool:
    """Say whether failures from before *event* count no longer."""
    return "url" in event.changed or event.changed.get("status") == ENABLED


def tuples(changed: JsonObject) -> dict[str, Any]:
    """A list in JSON was a tuple when the event was made."""
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in changed.items()
    }

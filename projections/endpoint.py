"""
A webhook endpoint as it is shown: a pure fold of its stream.

Its signing secret is shown once, in the answer to its creation, and is no part of the view.
Nor is what Stripe knows nothing of: that is shown by our own operations, from the log.
"""

from collections.abc import Iterable
from typing import Final, assert_never

from projections.view import View, deleted, listed, merged
from service.domain.endpoint_state import Disabled
from service.domain.events import (
    EndpointCreated,
    EndpointDeleted,
    EndpointDisabled,
    EndpointEvent,
    EndpointPinged,
    EndpointSecretRolled,
    EndpointUpdated,
)

# Of the attributes that an update may change.
_OWN: Final = frozenset({"headers", "ordered"})


def view(history: Iterable[EndpointEvent]) -> View:
    """Return what *history* leads to: an empty view for an empty history."""
    current: View = {}
    for event in history:
        current = step(current, event)
    return current


def step(current: View, event: EndpointEvent) -> View:
    """Return *current* as it is after *event*, as a new view."""
    if isinstance(event, EndpointDeleted):
        return deleted(current)
    return merged(current, changes(event))


def changes(event: EndpointEvent) -> View:
    """Return the fields that *event* sets. A field that is absent stays as it was."""
    match event:
        case EndpointCreated():
            return _created(event)
        case EndpointUpdated(changed=changed):
            return {
                name: list(value) if isinstance(value, tuple) else value
                for name, value in changed.items()
                if name not in _OWN
            }
        case EndpointDisabled():
            return {"status": "disabled"}
        case EndpointSecretRolled() | EndpointPinged():
            return {}
        case EndpointDeleted():
            return {"deleted": True}
        case _:
            assert_never(event)


def status_details(disabled: Disabled | EndpointDisabled) -> View:
    """Return what is told of why an endpoint is disabled, and from when on it failed."""
    return {"at": disabled.at, "failing_since": disabled.since, "reason": disabled.reason}


def _created(event: EndpointCreated) -> View:
    return {
        "id": event.endpoint_id,
        "object": "webhook_endpoint",
        "api_version": event.api_version,
        "application": event.application,
        "created": event.at,
        "description": event.description,
        "enabled_events": listed(event.enabled_events),
        "livemode": event.livemode,
        "metadata": event.metadata,
        "status": "enabled",
        "url": event.url,
    }

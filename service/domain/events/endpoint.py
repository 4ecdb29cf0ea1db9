"""
What has happened to a webhook endpoint.

Its signing secrets are derived, and never in here; one that its owner chose is, sealed, and
so are the values of its headers.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from service.domain.values import JsonObject, Value, field

# Why Seti itself tells an endpoint nothing more.
DisabledReason: TypeAlias = Literal["failing", "gone"]


class EndpointCreated(Value, frozen=True, kw_only=True):
    """
    A URL was subscribed to *enabled_events* (`"*"` is every type).

    With *connect*, to those of the accounts that its own is the platform of, as *application*.
    An *ordered* one is told one thing at a time. *headers*, whose values are sealed, are sent
    with all that it is told.
    """

    endpoint_id: str
    at: int
    account: str
    livemode: bool
    url: str
    enabled_events: tuple[str, ...]
    api_version: str | None = None
    description: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    connect: bool = False
    application: str | None = None
    ordered: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


class EndpointUpdated(Value, frozen=True, kw_only=True):
    """
    Some attributes got new values.

    *changed* maps `url`, `enabled_events`, `description`, `metadata`, `ordered`, `headers` or
    `status` (`enabled`, `disabled`) to the whole new value; hashes are already merged.
    """

    endpoint_id: str
    at: int
    changed: JsonObject


class EndpointDisabled(Value, frozen=True, kw_only=True):
    """
    The endpoint was found to hear nothing, for this *reason*, and is told nothing more.

    It had acknowledged nothing from *since* on (Unix seconds).
    """

    endpoint_id: str
    at: int
    reason: DisabledReason
    since: int


class EndpointSecretRolled(Value, frozen=True, kw_only=True):
    """
    A new secret signs what the endpoint is told; the older ones do so until *expires_at*.

    It is derived from its *generation*, or *sealed* where the owner chose it.
    """

    endpoint_id: str
    at: int
    generation: int
    expires_at: int
    sealed: str | None = None


class EndpointPinged(Value, frozen=True, kw_only=True):
    """The owner wanted to see something arrive at the endpoint."""

    endpoint_id: str
    at: int


class EndpointDeleted(Value, frozen=True, kw_only=True):
    """The URL is no longer subscribed. Its open deliveries are cancelled."""

    endpoint_id: str
    at: int


EndpointEvent = (
    EndpointCreated
    | EndpointUpdated
    | EndpointDisabled
    | EndpointSecretRolled
    | EndpointPinged
    | EndpointDeleted
)

"""What has happened to a webhook endpoint. Its signing secret is derived, and never in here."""

from collections.abc import Mapping

from service.domain.values import JsonObject, Value, field


class EndpointCreated(Value, frozen=True, kw_only=True):
    """
    A URL was subscribed to *enabled_events* (`"*"` is every type).

    With *connect*, to those of the accounts that its own is the platform of, as *application*.
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


class EndpointUpdated(Value, frozen=True, kw_only=True):
    """
    Some attributes got new values.

    *changed* maps `url`, `enabled_events`, `description`, `metadata` or `status` (`enabled`,
    `disabled`) to the whole new value; metadata is already merged.
    """

    endpoint_id: str
    at: int
    changed: JsonObject


class EndpointDeleted(Value, frozen=True, kw_only=True):
    """The URL is no longer subscribed. Its open deliveries are cancelled."""

    endpoint_id: str
    at: int


EndpointEvent = EndpointCreated | EndpointUpdated | EndpointDeleted

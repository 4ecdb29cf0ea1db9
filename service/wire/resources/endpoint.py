"""A webhook endpoint as our own operations show it: Stripe's fields, and more."""

from typing import Literal

from msgspec import UNSET

from service.wire.resources.shape import Maybe, Metadata, Resource, Timestamp


class StatusDetails(Resource, frozen=True, kw_only=True):
    """
    Why an endpoint is disabled: its owner *requested* it, it was *failing* for three days, or
    it answered to several events that it is *gone*.
    """

    at: Timestamp
    failing_since: Timestamp | None
    reason: Literal["failing", "gone", "requested"]


class EndpointSecret(Resource, frozen=True, kw_only=True):
    """A secret that signs, until *expires_at* or until it is rolled. It is never shown again."""

    created: Timestamp
    expires_at: Timestamp | None


class EndpointHealth(Resource, frozen=True, kw_only=True):
    """
    How the last attempts went, and what waits: *open* to be sent, *parked* for a replay.

    *last_outcome* and *last_status* are of the last attempt, *failures* those since the last
    success.
    """

    failing_since: Timestamp | None
    failures: int
    last_failure_at: Timestamp | None
    last_outcome: str | None
    last_status: int | None
    last_success_at: Timestamp | None
    open: int
    parked: int


class Endpoint(Resource, frozen=True, kw_only=True):
    """
    *headers* are shown without their values, the newest of *secrets* first. *secret* is shown
    once, to whoever made it.
    """

    id: str
    object: Literal["endpoint"]
    api_version: str | None
    application: str | None
    created: Timestamp
    description: str | None
    enabled_events: list[str]
    headers: dict[str, str]
    health: EndpointHealth
    livemode: bool
    metadata: Metadata
    ordered: bool
    secret: Maybe[str] = UNSET
    secrets: list[EndpointSecret]
    status: Literal["disabled", "enabled"]
    status_details: StatusDetails | None
    url: str

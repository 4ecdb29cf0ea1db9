"""The webhook_endpoint object, and what is left of one that was deleted."""

from typing import Literal

from msgspec import UNSET

from service.wire.resources.shape import Maybe, Metadata, Resource, Timestamp


class WebhookEndpoint(Resource, frozen=True, kw_only=True):
    """*secret* is shown once, to whoever made the endpoint."""

    id: str
    object: Literal["webhook_endpoint"]
    api_version: str | None
    application: str | None
    created: Timestamp
    description: str | None
    enabled_events: list[str]
    livemode: bool
    metadata: Metadata
    secret: Maybe[str] = UNSET
    status: Literal["disabled", "enabled"]
    url: str


class DeletedWebhookEndpoint(Resource, frozen=True, kw_only=True):
    id: str
    object: Literal["webhook_endpoint"]
    deleted: Literal[True]

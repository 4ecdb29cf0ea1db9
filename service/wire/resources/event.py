"""The event object: what subscribers are sent, and /v1/events shows."""

from typing import Literal

from msgspec import UNSET

from service.wire.resources.endpoint import StatusDetails
from service.wire.resources.shape import Json, Maybe, Resource, Timestamp


class EventSubject(Resource, frozen=True, kw_only=True):
    """
    The object as it was after the event.

    *previous_attributes*, where something was updated, tells what the changed keys were;
    *status_details*, where an endpoint was disabled, why.
    """

    object: Json
    previous_attributes: Maybe[Json] = UNSET
    status_details: Maybe[StatusDetails] = UNSET


class EventRequest(Resource, frozen=True, kw_only=True):
    id: str | None
    idempotency_key: str | None


class Event(Resource, frozen=True, kw_only=True):
    id: str
    object: Literal["event"]
    account: Maybe[str] = UNSET
    api_version: str | None
    created: Timestamp
    data: EventSubject
    livemode: bool
    pending_webhooks: int
    request: EventRequest | None
    type: str

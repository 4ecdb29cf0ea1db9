"""What the operations on webhook endpoints take."""

from typing import Annotated, TypeAlias

from msgspec import UNSET, Meta

from service.wire.event_types import SubscribedType
from service.wire.hashes import Clearable, ClearableText, Hash, Maybe, Metadata, Text, WebUrl
from service.wire.params.lists import Expandable, ListParams

EnabledEvents: TypeAlias = Annotated[tuple[SubscribedType, ...], Meta(min_length=1)]


class WebhookEndpointCreateParams(Expandable, frozen=True, kw_only=True):
    """A subscription."""

    # Read by `versions.parse_version`.
    api_version: Maybe[Text] = UNSET
    connect: bool = False
    description: Maybe[ClearableText] = UNSET
    enabled_events: EnabledEvents
    metadata: Maybe[Clearable[Metadata]] = UNSET
    url: WebUrl


class WebhookEndpointUpdateParams(Expandable, frozen=True, kw_only=True):
    description: Maybe[ClearableText] = UNSET
    disabled: Maybe[bool] = UNSET
    enabled_events: Maybe[EnabledEvents] = UNSET
    metadata: Maybe[Clearable[Metadata]] = UNSET
    url: Maybe[WebUrl] = UNSET


class WebhookEndpointRetrieveParams(Expandable, frozen=True, kw_only=True):
    pass


class WebhookEndpointDeleteParams(Hash, frozen=True, kw_only=True):
    pass


class WebhookEndpointListParams(ListParams, frozen=True, kw_only=True):
    pass

"""What may be asked of a webhook endpoint."""

from collections.abc import Mapping

from service.domain.values import JsonObject, Owner, Value, field


class Create(Value, frozen=True, kw_only=True):
    """Subscribe *url* to *enabled_events*: with *connect*, those of the owner's *application*."""

    endpoint_id: str
    at: int
    owner: Owner
    url: str
    enabled_events: tuple[str, ...]
    api_version: str | None = None
    description: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    connect: bool = False
    application: str | None = None


class Update(Value, frozen=True, kw_only=True):
    """
    Change attributes.

    *changes* may hold `url`, `enabled_events`, `description`, `status` (whole), and
    `metadata` as a merge patch (`""` for a key removes it, `""` for the whole clears it).
    """

    endpoint_id: str
    at: int
    changes: JsonObject


class Delete(Value, frozen=True, kw_only=True):
    """Unsubscribe."""

    endpoint_id: str
    at: int


Command = Create | Update | Delete

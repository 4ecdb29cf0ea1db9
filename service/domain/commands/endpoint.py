"""What may be asked of a webhook endpoint."""

from collections.abc import Mapping

from service.domain.events.endpoint import DisabledReason
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
    ordered: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


class Update(Value, frozen=True, kw_only=True):
    """
    Change attributes.

    *changes* may hold `url`, `enabled_events`, `description`, `ordered`, `status` (whole), and
    `metadata` and `headers` as merge patches (`""` for a key removes it, `""` for the whole
    clears it). The values of headers are sealed.
    """

    endpoint_id: str
    at: int
    changes: JsonObject


class Disable(Value, frozen=True, kw_only=True):
    """Tell the endpoint nothing more, for this *reason*: it has heard nothing from *since* on."""

    endpoint_id: str
    at: int
    reason: DisabledReason
    since: int


class RollSecret(Value, frozen=True, kw_only=True):
    """Sign with a new secret, *sealed* if it is given, and until *expires_at* with the others."""

    endpoint_id: str
    at: int
    expires_at: int
    sealed: str | None = None


class Ping(Value, frozen=True, kw_only=True):
    """Tell the endpoint something, for its owner to see it arrive."""

    endpoint_id: str
    at: int


class Delete(Value, frozen=True, kw_only=True):
    """Unsubscribe."""

    endpoint_id: str
    at: int


Command = Create | Update | Disable | RollSecret | Ping | Delete

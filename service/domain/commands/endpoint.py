"""What may be asked of a webhook endpoint."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.values import JsonObject, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """Subscribe *url* to *enabled_events*."""

    endpoint_id: str
    at: int
    owner: Owner
    url: str
    enabled_events: tuple[str, ...]
    api_version: str | None = None
    description: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    connect: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """
    Change attributes.

    *changes* may hold `url`, `enabled_events`, `description`, `status` (whole), and
    `metadata` as a merge patch (`""` for a key removes it, `""` for the whole clears it).
    """

    endpoint_id: str
    at: int
    changes: JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """Unsubscribe."""

    endpoint_id: str
    at: int


Command = Create | Update | Delete

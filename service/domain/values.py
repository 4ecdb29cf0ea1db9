"""
The small words that events, commands and deciders share.

`Json` values travel through events unread by the domain: they are what a caller gave
us and what we show again, already validated by `wire`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

Json: TypeAlias = Any
JsonObject: TypeAlias = Mapping[str, Any]


class Status(StrEnum):
    """Where a SetupIntent stands. The names are Stripe's."""

    REQUIRES_PAYMENT_METHOD = "requires_payment_method"
    REQUIRES_CONFIRMATION = "requires_confirmation"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    CANCELED = "canceled"


class AttemptStatus(StrEnum):
    """Where a setup attempt stands. The names are Stripe's."""

    REQUIRES_CONFIRMATION = "requires_confirmation"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom an aggregate belongs to. Nothing is ever seen from another account or mode."""

    account: str
    livemode: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """
    Who asked for the command that led to an event, kept beside each event for audits.

    *request* is the `req_…` id of the call, *key* the API key masked to its last four
    characters, *address* the peer's IP address. All are None for what Seti did by itself.
    """

    request: str | None = None
    idempotency_key: str | None = None
    key: str | None = None
    address: str | None = None


SYSTEM = Actor()
NOBODY = Owner("", livemode=False)

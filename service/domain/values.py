"""
The small words that events, commands and deciders share.

`Json` values travel through events unread by the domain: they are what a caller gave
us and what we show again, already validated by `wire`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeAlias

from msgspec import Struct, field
from msgspec.structs import fields, replace

__all__ = [
    "NOBODY",
    "SYSTEM",
    "Actor",
    "AttemptStatus",
    "Json",
    "JsonObject",
    "MandateStatus",
    "Owner",
    "Status",
    "Value",
    "field",
    "fields",
    "replace",
]

Json: TypeAlias = Any
JsonObject: TypeAlias = Mapping[str, Any]


class Value(Struct, frozen=True, gc=False):
    """
    A frozen value: what every event, command, fact and state is.

    A msgspec Struct, because a dataclass of twenty fields costs six times as much to make
    and thirty times as much to make anew with one of them changed, which is what a decision
    does. Values never hold each other in a circle, so the collector need not look at them.
    """


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


class MandateStatus(StrEnum):
    """Whether a mandate holds. The names are Stripe's."""

    PENDING = "pending"
    ACTIVE = "active"
    INACTIVE = "inactive"


class Owner(Value, frozen=True):
    """Whom an aggregate belongs to. Nothing is ever seen from another account or mode."""

    account: str
    livemode: bool


class Actor(Value, frozen=True, kw_only=True):
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

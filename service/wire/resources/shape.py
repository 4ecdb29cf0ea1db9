"""What every declared answer is: closed, in Stripe's order of keys, and null where not absent."""

from typing import Annotated, Any, Final, Literal, TypeAlias, TypeVar

from msgspec import Meta, Struct, UnsetType

Shown = TypeVar("Shown")

# A key that is left out where there is nothing to show. All other keys are always there.
Maybe: TypeAlias = Shown | UnsetType
Json: TypeAlias = dict[str, Any]
Metadata: TypeAlias = dict[str, str]
# What says in a schema which object an id expands to.
EXPANDS_TO: Final = "x-expands-to"

# Unix seconds.
Timestamp: TypeAlias = int


def expands(kind: str) -> Meta:
    """Say of an id that the whole object, of *kind*, stands there where a caller asks for it."""
    return Meta(extra={"expands": kind}, extra_json_schema={EXPANDS_TO: kind})


def whole(kind: str) -> Meta:
    """Say that an object of *kind* is shown whole or not at all, so that a path may name it."""
    return Meta(extra={"expands": kind})


# An id, or the whole object where the caller asked for it. `expand` learns from them the
# paths that may be asked for.
AnAccount: TypeAlias = Annotated[str | Json, expands("account")]
AnApplication: TypeAlias = Annotated[str | Json, expands("application")]
ACustomer: TypeAlias = Annotated[str | Json, expands("customer")]
AMandate: TypeAlias = Annotated[str | Json, expands("mandate")]
APaymentMethod: TypeAlias = Annotated[str | Json, expands("payment_method")]
ASetupAttempt: TypeAlias = Annotated[str | Json, expands("setup_attempt")]
ASetupIntent: TypeAlias = Annotated[str | Json, expands("setup_intent")]
ASource: TypeAlias = Annotated[str | Json, expands("source")]
ATestClock: TypeAlias = Annotated[str | Json, expands("test_helpers.test_clock")]

AllowRedisplay: TypeAlias = Literal["always", "limited", "unspecified"]
FlowDirection: TypeAlias = Literal["inbound", "outbound"]
Usage: TypeAlias = Literal["off_session", "on_session"]


class Resource(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An object or a hash as it is sent. Its fields stand in the order of its keys."""


class Address(Resource, frozen=True, kw_only=True):
    city: str | None
    country: str | None
    line1: str | None
    line2: str | None
    postal_code: str | None
    state: str | None

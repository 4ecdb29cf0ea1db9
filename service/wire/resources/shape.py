"""What every declared answer is: closed, in Stripe's order of keys, and null where not absent."""

from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from msgspec import Meta, Struct, UnsetType

Shown = TypeVar("Shown")

# A key that is left out where there is nothing to show. All other keys are always there.
Maybe: TypeAlias = Shown | UnsetType
Json: TypeAlias = dict[str, Any]
Metadata: TypeAlias = dict[str, str]
# Unix seconds.
Timestamp: TypeAlias = int

# An id, or the whole object where the caller asked for it. What it expands to is declared
# in `extra`, from which `expand` learns the paths that may be asked for.
AnAccount: TypeAlias = Annotated[str | Json, Meta(extra={"expands": "account"})]
AnApplication: TypeAlias = Annotated[str | Json, Meta(extra={"expands": "application"})]
ACustomer: TypeAlias = Annotated[str | Json, Meta(extra={"expands": "customer"})]
AMandate: TypeAlias = Annotated[str | Json, Meta(extra={"expands": "mandate"})]
APaymentMethod: TypeAlias = Annotated[str | Json, Meta(extra={"expands": "payment_method"})]
ASetupAttempt: TypeAlias = Annotated[str | Json, Meta(extra={"expands": "setup_attempt"})]
ASetupIntent: TypeAlias = Annotated[str | Json, Meta(extra={"expands": "setup_intent"})]
ASource: TypeAlias = Annotated[str | Json, Meta(extra={"expands": "source"})]
ATestClock: TypeAlias = Annotated[str | Json, Meta(extra={"expands": "test_helpers.test_clock"})]

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

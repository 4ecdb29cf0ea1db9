"""What may be asked of a PaymentMethod."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.values import JsonObject, Owner
from service.domain.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """Keep an instrument, as the gateway has tokenized it."""

    payment_method_id: str
    at: int
    owner: Owner
    type: str
    details: JsonObject
    scenario: str
    billing_details: JsonObject = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)
    allow_redisplay: str = "unspecified"
    radar_options: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """
    Change attributes.

    *changes* may hold `allow_redisplay` (whole), and `billing_details`, `metadata` and
    `details` as merge patches: `details` and `billing_details` with new values for some
    members (None unsets), `metadata` with `""` for a key to remove it or for all of it.
    """

    payment_method_id: str
    at: int
    changes: JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Attach:
    """Give it to *customer*. *verdict* is what the gateway's check said of it."""

    payment_method_id: str
    at: int
    customer: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Detach:
    """Take it away from its customer, for good."""

    payment_method_id: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """
    Keep what a setup attempt found out of the instrument.

    *spent* is to be true when it was set up without a customer.
    """

    payment_method_id: str
    at: int
    setup_intent: str
    details: JsonObject
    spent: bool = False


Command = Create | Update | Attach | Detach | Check

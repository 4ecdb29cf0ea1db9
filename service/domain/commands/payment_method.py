"""What may be asked of a PaymentMethod."""

from collections.abc import Mapping

from service.domain.values import JsonObject, Owner, Value, field
from service.domain.verdicts import Verdict


class Create(Value, frozen=True, kw_only=True):
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


class Update(Value, frozen=True, kw_only=True):
    """
    Change attributes.

    *changes* may hold `allow_redisplay` (whole), and `billing_details`, `metadata` and
    `details` as merge patches: `details` and `billing_details` with new values for some
    members (None unsets), `metadata` with `""` for a key to remove it or for all of it.
    """

    payment_method_id: str
    at: int
    changes: JsonObject


class Attach(Value, frozen=True, kw_only=True):
    """Give it to *customer*. *verdict* is what the gateway's check said of it."""

    payment_method_id: str
    at: int
    customer: str
    verdict: Verdict


class Detach(Value, frozen=True, kw_only=True):
    """Take it away from its customer, for good."""

    payment_method_id: str
    at: int


class Check(Value, frozen=True, kw_only=True):
    """
    Keep what a setup attempt found out of the instrument.

    *spent* is to be true when it was set up without a customer. *mandate* is the one that
    the attempt has made for it.
    """

    payment_method_id: str
    at: int
    setup_intent: str
    details: JsonObject
    spent: bool = False
    mandate: str | None = None


Command = Create | Update | Attach | Detach | Check

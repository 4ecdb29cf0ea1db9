"""
What has happened to a PaymentMethod.

The number of a card or of an account is nowhere in here, nor a card's CVC.
"""

from collections.abc import Mapping

from service.domain.events.forgetting import PersonalDataForgotten
from service.domain.values import JsonObject, Value, field


class PaymentMethodCreated(Value, frozen=True, kw_only=True):
    """
    A PaymentMethod came into being, attached to nobody.

    *details* is the hash named like *type* (`{"brand": "visa", "last4": "4242", ...}`) as
    Stripe shows it. *scenario* tells the simulator how this test instrument behaves
    (`"visa"`, `"chargeDeclined"`), since the number itself is not kept.
    *billing_details* has every leaf.
    """

    payment_method_id: str
    at: int
    account: str
    livemode: bool
    type: str
    details: JsonObject
    scenario: str
    billing_details: JsonObject
    metadata: Mapping[str, str] = field(default_factory=dict)
    allow_redisplay: str = "unspecified"
    radar_options: JsonObject = field(default_factory=dict)


class PaymentMethodUpdated(Value, frozen=True, kw_only=True):
    """
    Some attributes got new values.

    *changed* maps `billing_details`, `metadata`, `allow_redisplay` or `details` to the whole
    new value; all are already merged.
    """

    payment_method_id: str
    at: int
    changed: JsonObject


class PaymentMethodChecked(Value, frozen=True, kw_only=True):
    """
    The processor looked at the instrument during a setup attempt.

    *details* are the details as it left them (a CVC check that passed). *spent* is true when
    it was set up without a customer: nobody may use it again until it is attached. *mandate*
    is the one that the attempt has made for it.
    """

    payment_method_id: str
    at: int
    setup_intent: str
    details: JsonObject
    spent: bool = False
    mandate: str | None = None


class PaymentMethodAttached(Value, frozen=True, kw_only=True):
    """The PaymentMethod belongs to *customer* from now on. *details* are as the check left them."""

    payment_method_id: str
    at: int
    customer: str
    details: JsonObject


class PaymentMethodDetached(Value, frozen=True, kw_only=True):
    """The PaymentMethod no longer belongs to *customer*, and can never be attached again."""

    payment_method_id: str
    at: int
    customer: str


PaymentMethodEvent = (
    PaymentMethodCreated
    | PaymentMethodUpdated
    | PaymentMethodChecked
    | PaymentMethodAttached
    | PaymentMethodDetached
    | PersonalDataForgotten
)

"""
What has happened to a Customer.

Attaching a payment method writes here too. That makes an attachment and the deletion of
the customer race for one version, so neither can miss the other, and lets a deletion
detach everything without asking the read model.
"""

from service.domain.events.forgetting import PersonalDataForgotten
from service.domain.values import JsonObject, Value


class CustomerCreated(Value, frozen=True, kw_only=True):
    """
    A Customer came into being. *attributes* holds every attribute that Stripe shows.

    Those that are shown only on request (`domain.customer.ON_REQUEST`) are there once they
    were set.
    """

    customer_id: str
    at: int
    account: str
    livemode: bool
    attributes: JsonObject


class CustomerUpdated(Value, frozen=True, kw_only=True):
    """Some attributes got new values. *changed* holds them whole; metadata is merged."""

    customer_id: str
    at: int
    changed: JsonObject


class CustomerDeleted(Value, frozen=True, kw_only=True):
    """The Customer is gone for good. Its payment methods are detached in the same append."""

    customer_id: str
    at: int


class CustomerPaymentMethodAdded(Value, frozen=True, kw_only=True):
    """*payment_method* was attached. Subscribers hear of it from the payment method."""

    customer_id: str
    at: int
    payment_method: str


class CustomerTaxIdAdded(Value, frozen=True, kw_only=True):
    """The number that some country taxes the customer by was noted, as it was told."""

    customer_id: str
    at: int
    tax_id: str
    type: str
    value: str


class CustomerPaymentMethodRemoved(Value, frozen=True, kw_only=True):
    """*payment_method* was detached. Subscribers hear of it from the payment method."""

    customer_id: str
    at: int
    payment_method: str


CustomerEvent = (
    CustomerCreated
    | CustomerUpdated
    | CustomerDeleted
    | CustomerPaymentMethodAdded
    | CustomerPaymentMethodRemoved
    | CustomerTaxIdAdded
    | PersonalDataForgotten
)

"""
What has happened to a Customer.

Attaching a payment method writes here too. That makes an attachment and the deletion of
the customer race for one version, so neither can miss the other, and lets a deletion
detach everything without asking the read model.
"""

from dataclasses import dataclass

from service.domain.values import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCreated:
    """A Customer came into being. *attributes* holds every attribute that Stripe shows."""

    customer_id: str
    at: int
    account: str
    livemode: bool
    attributes: JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerUpdated:
    """Some attributes got new values. *changed* holds them whole; metadata is merged."""

    customer_id: str
    at: int
    changed: JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDeleted:
    """The Customer is gone for good. Its payment methods are detached in the same append."""

    customer_id: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPaymentMethodAdded:
    """*payment_method* was attached. Subscribers hear of it from the payment method."""

    customer_id: str
    at: int
    payment_method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPaymentMethodRemoved:
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
)

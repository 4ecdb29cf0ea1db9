"""Whether a SetupIntent may use a payment method."""

from collections.abc import Collection

from service.domain import errors
from service.domain.facts import PaymentMethodFacts
from service.domain.method_types import TYPES


def refuse_owned_by_another(payment_method: PaymentMethodFacts, customer: str | None) -> None:
    """Refuse a payment method that is attached to another customer than the intent's."""
    owner = payment_method.customer
    if owner is None or owner == customer:
        return
    if customer is None:
        raise errors.CustomerNotNamed(payment_method.id, owner)
    raise errors.BelongsToAnotherCustomer(payment_method.id, customer)


def refuse_type_not_taken(payment_method: PaymentMethodFacts, types: Collection[str]) -> None:
    """Refuse a payment method of a type that is not among the intent's *types*."""
    if payment_method.type not in types or payment_method.type not in TYPES:
        raise errors.TypeNotAllowed(payment_method.type, types)


def refuse_unsuitable(
    payment_method: PaymentMethodFacts, customer: str | None, types: Collection[str]
) -> None:
    """Refuse a payment method of another customer, of a type not taken, or used up."""
    refuse_owned_by_another(payment_method, customer)
    refuse_type_not_taken(payment_method, types)
    if payment_method.spent or payment_method.detached:
        raise errors.PaymentMethodUsedUp(payment_method.id)

"""What a Customer's stream folds to: what its decider needs to know of it."""

from collections.abc import Iterable
from functools import reduce
from typing import Final, assert_never, cast

from service.domain import blanks
from service.domain.events import (
    CustomerCreated,
    CustomerDeleted,
    CustomerEvent,
    CustomerPaymentMethodAdded,
    CustomerPaymentMethodRemoved,
    CustomerTaxIdAdded,
    CustomerUpdated,
    Event,
    PersonalDataForgotten,
)
from service.domain.impossible import ImpossibleEvent
from service.domain.standing import Standing
from service.domain.values import NOBODY, JsonObject, Owner, Value, field, replace

# Attributes that are kept, and shown only to those who ask for them by name.
ON_REQUEST: Final = frozenset({"cash_balance", "tax"})


class Customer(Value, frozen=True, kw_only=True):
    """
    A customer. *payment_methods* are those attached, the latest one last.

    It is *forgotten* once somebody has asked for that.
    """

    id: str = ""
    owner: Owner = NOBODY
    standing: Standing = Standing.NEW
    attributes: JsonObject = field(default_factory=dict)
    payment_methods: tuple[str, ...] = ()
    forgotten: bool = False


def evolve(customer: Customer, event: CustomerEvent) -> Customer:
    """Return *customer* as it is after *event*; `ImpossibleEvent` where it cannot be."""
    if isinstance(event, CustomerCreated) is not (customer.standing is Standing.NEW):
        raise ImpossibleEvent(event)
    match event:
        case CustomerCreated(customer_id=id_, attributes=attributes):
            owner = Owner(event.account, event.livemode)
            return Customer(id=id_, owner=owner, standing=Standing.LIVING, attributes=attributes)
        case CustomerUpdated(changed=changed):
            return replace(customer, attributes={**customer.attributes, **changed})
        case CustomerDeleted():
            return replace(customer, standing=Standing.GONE)
        case CustomerPaymentMethodAdded() | CustomerPaymentMethodRemoved():
            attached = _attached(customer.payment_methods, event)
            return replace(customer, payment_methods=attached)
        case CustomerTaxIdAdded():
            return customer
        case PersonalDataForgotten():
            left_of_them = blanks.customer(customer.attributes)
            return replace(customer, attributes=left_of_them, forgotten=True)
        case _:
            assert_never(event)


def _attached(
    before: tuple[str, ...], event: CustomerPaymentMethodAdded | CustomerPaymentMethodRemoved
) -> tuple[str, ...]:
    if isinstance(event, CustomerPaymentMethodAdded):
        return (*before, event.payment_method)
    return tuple(one for one in before if one != event.payment_method)


def fold(history: Iterable[Event]) -> Customer:
    """Return what *history*, the whole stream in its order, leads to."""
    return reduce(evolve, cast("Iterable[CustomerEvent]", history), Customer())

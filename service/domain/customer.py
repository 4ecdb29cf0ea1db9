"""
The Customer's decider.

The stream knows which payment methods are attached, so that attaching one and deleting the
customer race for the same version, and a deletion can detach all of them in its append.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any, Final, assert_never, cast

from service.domain import blanks, errors
from service.domain.commands.customer import (
    AddPaymentMethod,
    Command,
    Create,
    Delete,
    RemovePaymentMethod,
    Update,
)
from service.domain.events import (
    CustomerCreated,
    CustomerDeleted,
    CustomerEvent,
    CustomerPaymentMethodAdded,
    CustomerPaymentMethodRemoved,
    CustomerUpdated,
    Event,
    PersonalDataForgotten,
)
from service.domain.impossible import ImpossibleEvent
from service.domain.patches import differing, laid_over, merged_metadata
from service.domain.standing import Standing
from service.domain.values import NOBODY, JsonObject, Owner, Value, field, replace

# A deletion detaches every payment method in one append, so there has to be a bound.
PAYMENT_METHODS_MAX: Final = 500
# The member of a customer's invoice settings that names one of its payment methods.
_DEFAULT: Final = "default_payment_method"


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


# When a command may run is in this table. What it leads to is in `decide`.
ACCEPTED_IN: Final[Mapping[type[Command], frozenset[Standing]]] = {
    Create: frozenset({Standing.NEW}),
    Update: frozenset({Standing.LIVING}),
    Delete: frozenset({Standing.LIVING}),
    AddPaymentMethod: frozenset({Standing.LIVING}),
    RemovePaymentMethod: frozenset({Standing.LIVING}),
}


def decide(command: Command, customer: Customer) -> list[CustomerEvent]:
    """Return the events that *command* leads to, or raise `Refused`. Touch nothing."""
    if customer.standing not in ACCEPTED_IN[type(command)]:
        raise _refusal(command)
    match command:
        case Create():
            return [_created(command)]
        case Update():
            return _updated(command, customer)
        case Delete(at=at):
            return [CustomerDeleted(customer_id=customer.id, at=at)]
        case AddPaymentMethod():
            return _added(command, customer)
        case RemovePaymentMethod():
            return _removed(command, customer)
        case _:
            assert_never(command)


def evolve(customer: Customer, event: CustomerEvent) -> Customer:
    """Return *customer* as it is after *event*; `ImpossibleEvent` where it cannot be."""
    if isinstance(event, CustomerCreated) is not (customer.standing is Standing.NEW):
        raise ImpossibleEvent(event)
    attached = customer.payment_methods
    match event:
        case CustomerCreated(customer_id=id_, attributes=attributes):
            owner = Owner(event.account, event.livemode)
            return Customer(id=id_, owner=owner, standing=Standing.LIVING, attributes=attributes)
        case CustomerUpdated(changed=changed):
            return replace(customer, attributes={**customer.attributes, **changed})
        case CustomerDeleted():
            return replace(customer, standing=Standing.GONE)
        case CustomerPaymentMethodAdded(payment_method=added):
            return replace(customer, payment_methods=(*attached, added))
        case CustomerPaymentMethodRemoved(payment_method=removed):
            left = tuple(one for one in attached if one != removed)
            return replace(customer, payment_methods=left)
        case PersonalDataForgotten():
            left_of_them = blanks.customer(customer.attributes)
            return replace(customer, attributes=left_of_them, forgotten=True)
        case _:
            assert_never(event)


def fold(history: Iterable[Event]) -> Customer:
    """Return what *history*, the whole stream in its order, leads to."""
    return reduce(evolve, cast("Iterable[CustomerEvent]", history), Customer())


def _refusal(command: Command) -> errors.Refused:
    if isinstance(command, Create):
        return errors.ResourceExists(command.customer_id)
    named_by_path = isinstance(command, Update | Delete)
    return errors.ResourceMissing(
        "customer", command.customer_id, param="customer", absent=named_by_path
    )


def _created(command: Create) -> CustomerCreated:
    attached = (command.payment_method,) if command.payment_method else ()
    _check_default(command.attributes, attached)
    metadata = merged_metadata({}, command.attributes.get("metadata", {}))
    return CustomerCreated(
        customer_id=command.customer_id,
        at=command.at,
        account=command.owner.account,
        livemode=command.owner.livemode,
        attributes={**command.attributes, "metadata": metadata},
    )


def _updated(command: Update, customer: Customer) -> list[CustomerEvent]:
    _check_default(command.changes, customer.payment_methods)
    new: dict[str, Any] = dict(command.changes)
    if "metadata" in new:
        new["metadata"] = merged_metadata(customer.attributes["metadata"], new["metadata"])
    if "invoice_settings" in new:
        old = customer.attributes.get("invoice_settings", {})
        new["invoice_settings"] = laid_over(old, new["invoice_settings"])
    new = differing(customer.attributes, new)
    return [CustomerUpdated(customer_id=customer.id, at=command.at, changed=new)] if new else []


def _check_default(attributes: JsonObject, attached: tuple[str, ...]) -> None:
    """Refuse a default payment method among *attributes* that is none of those *attached*."""
    default = attributes.get("invoice_settings", {}).get(_DEFAULT)
    if default is not None and default not in attached:
        raise errors.NotTheCustomers(default)


def _added(command: AddPaymentMethod, customer: Customer) -> list[CustomerEvent]:
    if command.payment_method in customer.payment_methods:
        return []
    if len(customer.payment_methods) >= PAYMENT_METHODS_MAX:
        raise errors.TooManyPaymentMethods(customer.id, PAYMENT_METHODS_MAX)
    return [
        CustomerPaymentMethodAdded(
            customer_id=customer.id, at=command.at, payment_method=command.payment_method
        )
    ]


def _removed(command: RemovePaymentMethod, customer: Customer) -> list[CustomerEvent]:
    if command.payment_method not in customer.payment_methods:
        return []
    removed = CustomerPaymentMethodRemoved(
        customer_id=customer.id, at=command.at, payment_method=command.payment_method
    )
    settings = customer.attributes.get("invoice_settings", {})
    if settings.get(_DEFAULT) != command.payment_method:
        return [removed]
    changed = {"invoice_settings": {**settings, _DEFAULT: None}}
    return [removed, CustomerUpdated(customer_id=customer.id, at=command.at, changed=changed)]

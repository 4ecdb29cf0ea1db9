"""
The Customer's decider.

The stream knows which payment methods are attached, so that attaching one and deleting the
customer race for the same version, and a deletion can detach all of them in its append.
"""

from collections.abc import Mapping
from typing import Any, Final, assert_never

from service.domain import errors
from service.domain.commands.customer import (
    AddPaymentMethod,
    Command,
    Create,
    Delete,
    RemovePaymentMethod,
    Update,
)
from service.domain.customer_state import ON_REQUEST, Customer, evolve, fold
from service.domain.events import (
    CustomerCreated,
    CustomerDeleted,
    CustomerEvent,
    CustomerPaymentMethodAdded,
    CustomerPaymentMethodRemoved,
    CustomerTaxIdAdded,
    CustomerUpdated,
)
from service.domain.patches import differing, laid_over, merged_metadata
from service.domain.standing import Standing
from service.domain.tax_location import tax_location
from service.domain.values import Json, JsonObject

__all__ = ["ACCEPTED_IN", "ON_REQUEST", "Customer", "decide", "evolve", "fold"]

# A deletion detaches every payment method in one append, so there has to be a bound.
PAYMENT_METHODS_MAX: Final = 500
# The member of a customer's invoice settings that names one of its payment methods.
_DEFAULT: Final = "default_payment_method"
# The member that tells how invoices look: null, or whole.
_RENDERING: Final = "rendering_options"
_NOT_RENDERED: Final = {"amount_tax_display": None, "template": None}


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
            return _created(command)
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


def _refusal(command: Command) -> errors.Refused:
    if isinstance(command, Create):
        return errors.ResourceExists(command.customer_id)
    named_by_path = isinstance(command, Update | Delete)
    return errors.ResourceMissing(
        "customer", command.customer_id, param="customer", absent=named_by_path
    )


def _created(command: Create) -> list[CustomerEvent]:
    attached = (command.payment_method,) if command.payment_method else ()
    _check_default(command.attributes, attached)
    _check_location(command, command.attributes)
    name, at = command.customer_id, command.at
    attributes = dict(command.attributes)
    attributes["metadata"] = merged_metadata({}, attributes.get("metadata", {}))
    if "invoice_settings" in attributes:
        attributes["invoice_settings"] = _settings({}, attributes["invoice_settings"])
    created = CustomerCreated(
        customer_id=name,
        at=at,
        account=command.owner.account,
        livemode=command.owner.livemode,
        attributes=attributes,
    )
    tax_ids = (
        CustomerTaxIdAdded(customer_id=name, at=at, tax_id=one.id, type=one.type, value=one.value)
        for one in command.tax_ids
    )
    return [created, *tax_ids]


def _updated(command: Update, customer: Customer) -> list[CustomerEvent]:
    _check_default(command.changes, customer.payment_methods)
    _check_location(command, {**customer.attributes, **command.changes})
    new: dict[str, Any] = dict(command.changes)
    if "metadata" in new:
        new["metadata"] = merged_metadata(customer.attributes["metadata"], new["metadata"])
    if "invoice_settings" in new:
        old = customer.attributes.get("invoice_settings", {})
        new["invoice_settings"] = _settings(old, new["invoice_settings"])
    new = differing(customer.attributes, new)
    return [CustomerUpdated(customer_id=customer.id, at=command.at, changed=new)] if new else []


def _settings(old: JsonObject, new: JsonObject) -> dict[str, Json]:
    """Return *old* invoice settings with *new* ones in their place; None leaves nothing of one."""
    unset = {name: None for name, value in new.items() if value is None}
    settings = laid_over(old, new) | unset
    if settings.get(_RENDERING) is not None:
        settings[_RENDERING] = {**_NOT_RENDERED, **settings[_RENDERING]}
    return settings


def _check_default(attributes: JsonObject, attached: tuple[str, ...]) -> None:
    """Refuse a default payment method among *attributes* that is none of those *attached*."""
    default = attributes.get("invoice_settings", {}).get(_DEFAULT)
    if default is not None and default not in attached:
        raise errors.NotTheCustomers(default)


def _check_location(command: Create | Update, attributes: JsonObject) -> None:
    """Refuse *attributes* that do not tell where the customer is taxed, where that is asked."""
    if command.located and tax_location(attributes) is None:
        raise errors.TaxLocationUnknown


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

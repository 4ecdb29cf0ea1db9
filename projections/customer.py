"""A Customer as it is shown: a pure fold of its stream."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias, assert_never

from projections.view import View, deleted, merged, ordered
from service.domain import blanks
from service.domain.customer_state import ON_REQUEST
from service.domain.events import (
    CustomerCreated,
    CustomerDeleted,
    CustomerEvent,
    CustomerPaymentMethodAdded,
    CustomerPaymentMethodRemoved,
    CustomerTaxIdAdded,
    CustomerUpdated,
    PersonalDataForgotten,
)

FRESH: Final[Mapping[str, Any]] = {
    "address": None,
    "balance": 0,
    "currency": None,
    "customer_account": None,
    "default_source": None,
    "delinquent": False,
    "description": None,
    "discount": None,
    "email": None,
    "invoice_prefix": None,
    "invoice_settings": {
        "custom_fields": None,
        "default_payment_method": None,
        "footer": None,
        "rendering_options": None,
    },
    "metadata": {},
    "name": None,
    "next_invoice_sequence": 1,
    "phone": None,
    "preferred_locales": [],
    "shipping": None,
    "tax_exempt": "none",
    "test_clock": None,
}


CustomerChange: TypeAlias = (
    CustomerCreated
    | CustomerUpdated
    | CustomerDeleted
    | CustomerPaymentMethodAdded
    | CustomerPaymentMethodRemoved
    | CustomerTaxIdAdded
)

# Never shown as null: a key that is there only while it has something to say.
_ABSENT_WHEN_UNSET: Final = frozenset({"business_name", "individual_name"})


def view(history: Iterable[CustomerEvent]) -> View:
    """Return what *history* leads to: an empty view for an empty history."""
    current: View = {}
    for event in history:
        current = step(current, event)
    return current


def step(current: View, event: CustomerEvent) -> View:
    """Return *current* as it is after *event*, as a new view."""
    if isinstance(event, CustomerDeleted):
        return deleted(current)
    if isinstance(event, PersonalDataForgotten):
        return _without_unset(blanks.customer(current))
    return _without_unset(merged(current, changes(event)))


def _without_unset(current: View) -> View:
    if _ABSENT_WHEN_UNSET.isdisjoint(current):
        return current
    return {
        key: value
        for key, value in current.items()
        if value is not None or key not in _ABSENT_WHEN_UNSET
    }


def changes(event: CustomerChange) -> View:
    """Return the fields that *event* sets. A field that is absent stays as it was."""
    match event:
        case CustomerCreated():
            return _created(event)
        case CustomerUpdated(changed=changed):
            return _shown(changed)
        case CustomerDeleted():
            return {"deleted": True}
        case CustomerPaymentMethodAdded() | CustomerPaymentMethodRemoved() | CustomerTaxIdAdded():
            return {}
        case _:
            assert_never(event)


def _shown(attributes: Mapping[str, Any]) -> View:
    return {name: attributes[name] for name in attributes if name not in ON_REQUEST}


def _created(event: CustomerCreated) -> View:
    return ordered(
        {
            **FRESH,
            **_shown(event.attributes),
            "id": event.customer_id,
            "object": "customer",
            "created": event.at,
            "livemode": event.livemode,
        }
    )

"""A PaymentMethod as it is shown: a pure fold of its stream."""

from collections.abc import Iterable
from typing import TypeAlias, assert_never

from projections.view import View, merged, ordered
from service.domain import blanks
from service.domain.events import (
    PaymentMethodAttached,
    PaymentMethodChecked,
    PaymentMethodCreated,
    PaymentMethodDetached,
    PaymentMethodEvent,
    PaymentMethodUpdated,
    PersonalDataForgotten,
)

PaymentMethodChange: TypeAlias = (
    PaymentMethodCreated
    | PaymentMethodUpdated
    | PaymentMethodChecked
    | PaymentMethodAttached
    | PaymentMethodDetached
)


def view(history: Iterable[PaymentMethodEvent]) -> View:
    """Return what *history* leads to: an empty view for an empty history."""
    current: View = {}
    for event in history:
        current = step(current, event)
    return current


def step(current: View, event: PaymentMethodEvent) -> View:
    """Return *current* as it is after *event*, as a new view."""
    if isinstance(event, PersonalDataForgotten):
        forgotten: View = blanks.method(current)
        return forgotten
    changed = changes(event)
    if "details" in changed:
        # Events call the instrument's hash so; it is shown under the name of its type.
        changed[changed.get("type") or current["type"]] = changed.pop("details")
    return merged(current, changed) if current else ordered(changed)


def changes(event: PaymentMethodChange) -> View:
    """Return the fields that *event* sets. A field that is absent stays as it was."""
    match event:
        case PaymentMethodCreated():
            return _created(event)
        case PaymentMethodUpdated(changed=changed):
            return dict(changed)
        case PaymentMethodChecked(details=details):
            return {"details": details}
        case PaymentMethodAttached(customer=customer, details=details):
            return {"customer": customer, "details": details}
        case PaymentMethodDetached():
            return {"customer": None}
        case _:
            assert_never(event)


def _created(event: PaymentMethodCreated) -> View:
    return {
        "id": event.payment_method_id,
        "object": "payment_method",
        "allow_redisplay": event.allow_redisplay,
        "billing_details": event.billing_details,
        "created": event.at,
        "customer": None,
        "customer_account": None,
        "details": event.details,
        "livemode": event.livemode,
        "metadata": event.metadata,
        "radar_options": event.radar_options,
        "shared_payment_granted_token": None,
        "type": event.type,
    }

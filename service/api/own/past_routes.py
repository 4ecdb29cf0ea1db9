"""Whose past is shown, and where: below the path of each of Stripe's kinds, two operations."""

from dataclasses import replace
from typing import Final

from service.api import (
    confirmation_tokens,
    customers,
    mandates,
    payment_methods,
    setup_intents,
)
from service.api.operation import Group, Operation
from service.api.own.history import KIND as ENTRY
from service.api.own.history import history_of
from service.api.own.past import WEBHOOK_ENDPOINTS, Kept, as_of
from service.wire.params.history import AsOfParams, HistoryParams

# By what a restricted key needs for it, which the path is called after, too.
_KEPT: Final = {
    "setup_intents": Kept(setup_intents.KIND, "setupintent", "intent", "seti_"),
    "payment_methods": Kept(payment_methods.KIND, "PaymentMethod", "payment_method", "pm_"),
    "customers": Kept(customers.KIND, "customer", "customer", "cus_"),
    "mandates": Kept(mandates.KIND, "mandate", "mandate", "mandate_"),
    "confirmation_tokens": Kept(
        confirmation_tokens.KIND, confirmation_tokens.KIND, confirmation_tokens.KIND, "ctoken_"
    ),
}


def _history(resource: str, kept: Kept) -> Operation:
    group = Group(f"/seti/v1/{resource}", ENTRY, resource)
    return replace(
        group.get(f"/{{{kept.part}}}/history", history_of(kept), HistoryParams), shape="list"
    )


def _as_of(resource: str, kept: Kept) -> Operation:
    group = Group(f"/seti/v1/{resource}", kept.kind, resource)
    return group.get(f"/{{{kept.part}}}", as_of(kept), AsOfParams)


# As of a moment an endpoint is shown by the operation that shows it now (`own.endpoints`).
PAST_OPERATIONS: Final[tuple[Operation, ...]] = (
    *(make(resource, kept) for resource, kept in _KEPT.items() for make in (_as_of, _history)),
    _history("webhook_endpoints", WEBHOOK_ENDPOINTS),
)

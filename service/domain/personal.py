"""
Which data in events is personal: what a customer may ask to have forgotten.

Declared once, by the type of the event and the name of the field, with what is left of the
field once it is forgotten. The store hides what is declared here under keys of its own
(`store.hiding`), and nobody else needs to know: decisions and projections see whole events,
or, once the keys are destroyed, events in which null or an empty hash stands in its place.

What a merchant writes on a SetupIntent is taken for personal where it is created for a
customer, and in every update. Without a customer there is nobody who could ask. Accounts,
their keys and endpoints are the business's own.
"""

from collections.abc import Mapping
from typing import Any, Final

from service.domain import blanks
from service.domain import events as e
from service.domain.blanks import Blank
from service.domain.values import Actor, replace

PERSONAL: Final[Mapping[type[e.Event], Mapping[str, Blank]]] = {
    e.CustomerCreated: {"attributes": blanks.customer},
    e.CustomerUpdated: {"changed": blanks.customer},
    e.CustomerTaxIdAdded: {"value": blanks.emptied},
    e.PaymentMethodCreated: {
        "details": blanks.instrument,
        "billing_details": blanks.nulled,
        "metadata": blanks.emptied,
    },
    e.PaymentMethodUpdated: {"changed": blanks.method_changes},
    e.PaymentMethodChecked: {"details": blanks.instrument},
    e.PaymentMethodAttached: {"details": blanks.instrument},
    e.MandateCreated: {
        "payment_method_details": blanks.typed,
        "customer_acceptance": blanks.acceptance,
    },
    e.ConfirmationTokenCreated: {
        "instrument": blanks.kept_instrument,
        "shipping": blanks.gone,
        "mandate_data": blanks.mandate_data,
    },
    e.TokenCreated: {
        "instrument": blanks.kept_instrument,
        "holder": blanks.holder,
        "client_ip": blanks.gone,
    },
    e.SetupIntentCreated: {"description": blanks.gone, "metadata": blanks.emptied},
    e.SetupIntentUpdated: {"changed": blanks.words},
    e.SetupAttemptStarted: {
        "payment_method_details": blanks.typed,
        "mandate_data": blanks.mandate_data,
    },
    e.SetupIntentProcessing: {"payment_method_details": blanks.typed},
    e.SetupIntentSucceeded: {"payment_method_details": blanks.typed},
    e.SetupIntentSetupFailed: {
        "payment_method_snapshot": blanks.method,
        "payment_method_details": blanks.typed,
    },
}

# Their calls come from the business's own servers; all others come from people.
_SERVERS_KEYS: Final = ("sk_", "rk_", "operator")


def left_of(event: e.Event) -> Mapping[str, Any]:
    """Return what is left of the fields of *event* that hold personal data; empty if none do."""
    rules = PERSONAL.get(type(event))
    if rules is None or (type(event) is e.SetupIntentCreated and event.customer is None):
        return {}
    left: dict[str, Any] = {}
    for name, blank in rules.items():
        value = getattr(event, name)
        if value is not None and (rest := blank(value)) is not value:
            left[name] = rest
    return left


def forgotten(event: e.Event) -> e.Event:
    """Return *event* as it reads once its personal data is forgotten."""
    left = left_of(event)
    return replace(event, **left) if left else event


def left_of_actor(actor: Actor) -> Actor:
    """Return *actor* without the address, where that is a person's."""
    if actor.address is None or (actor.key or "").startswith(_SERVERS_KEYS):
        return actor
    return replace(actor, address=None)

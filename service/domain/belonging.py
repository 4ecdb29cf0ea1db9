"""
Which streams belong to which, so that all that is a customer's is found when it is forgotten.

Some belongings can be read in the stream of the owner: a customer's tells of its payment
methods. The others are told by an event of what belongs, and are noted beside the log as it
is appended (`NOTED`), since nobody could find them from the other end.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from service.domain import events as e

# What the subject of an event belongs to from then on; None where that is nothing.
NOTED: Final[Mapping[type[e.Event], Callable[[Any], str | None]]] = {
    e.SetupIntentCreated: lambda event: event.customer,
    e.SetupIntentUpdated: lambda event: event.changed.get("customer"),
    e.MandateCreated: lambda event: event.payment_method,
    e.ConfirmationTokenCreated: lambda event: event.customer,
    e.ConfirmationTokenUsed: lambda event: event.setup_intent,
    e.TokenUsed: lambda event: event.used_by,
}

# What belongs to the subject of an event from then on.
_TOLD: Final[Mapping[type[e.Event], Callable[[Any], str | None]]] = {
    e.CustomerPaymentMethodAdded: lambda event: event.payment_method,
    e.PaymentMethodChecked: lambda event: event.setup_intent,
    e.SetupAttemptStarted: lambda event: event.payment_method,
}


def told_in(history: Iterable[e.Event]) -> set[str]:
    """Return the streams that belong to the one whose *history* this is, as far as it tells."""
    told = (_TOLD[type(event)](event) for event in history if type(event) in _TOLD)
    return {stream for stream in told if stream is not None}


def customers_in(history: Iterable[e.Event]) -> set[str]:
    """Return the customers that the stream with this *history* has ever belonged to."""
    customers: set[str | None] = set()
    for event in history:
        match event:
            case e.PaymentMethodAttached(customer=customer):
                customers.add(customer)
            case e.SetupIntentCreated() | e.SetupIntentUpdated() | e.ConfirmationTokenCreated():
                customers.add(_named_by(event))
            case _:
                pass
    return {customer for customer in customers if customer is not None}


def _named_by(event: e.Event) -> str | None:
    return NOTED[type(event)](event)

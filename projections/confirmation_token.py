"""A confirmation token as it is shown: a pure fold of its stream."""

from functools import partial
from typing import Final, assert_never

from projections.view import View, merged
from service.domain import blanks
from service.domain.confirmation_token import GOOD_FOR_S
from service.domain.events import (
    ConfirmationTokenCreated,
    ConfirmationTokenEvent,
    ConfirmationTokenUsed,
    PersonalDataForgotten,
)
from service.domain.values import JsonObject


def step(current: View, event: ConfirmationTokenEvent) -> View:
    """Return *current* as it is after *event*, as a new view."""
    if isinstance(event, PersonalDataForgotten):
        return dict(_forgotten(current))
    return merged(current, changes(event))


def changes(event: ConfirmationTokenCreated | ConfirmationTokenUsed) -> View:
    """Return the fields that *event* sets. A field that is absent stays as it was."""
    match event:
        case ConfirmationTokenCreated():
            return _created(event)
        case ConfirmationTokenUsed():
            return {"expires_at": None, "setup_intent": event.setup_intent}
        case _:
            assert_never(event)


_forgotten: Final = partial(
    blanks.members,
    {
        "mandate_data": blanks.mandate_data,
        "payment_method_preview": blanks.method,
        "shipping": blanks.gone,
    },
)


def _created(event: ConfirmationTokenCreated) -> View:
    return {
        "id": event.confirmation_token_id,
        "object": "confirmation_token",
        "created": event.at,
        "expires_at": event.at + GOOD_FOR_S,
        "livemode": event.livemode,
        "mandate_data": _accepted(event.mandate_data),
        "metadata": None,
        "payment_intent": None,
        "payment_method_options": event.payment_method_options,
        "payment_method_preview": _preview(event),
        "return_url": event.return_url,
        "setup_future_usage": event.setup_future_usage,
        "setup_intent": None,
        "shipping": event.shipping,
        "use_stripe_sdk": event.use_stripe_sdk,
    }


def _preview(event: ConfirmationTokenCreated) -> View | None:
    """Return the payment method, which may not exist yet, without all that makes it one."""
    instrument = event.instrument
    if instrument is None:
        return None
    preview: View = {
        "allow_redisplay": instrument.allow_redisplay,
        "billing_details": instrument.billing_details,
        "customer": event.customer,
        "customer_account": None,
        "type": instrument.type,
        instrument.type: instrument.details,
    }
    return dict(sorted(preview.items()))


def _accepted(mandate_data: JsonObject | None) -> View | None:
    """Return who accepted the mandate, and not when: the mandate itself tells that."""
    if mandate_data is None:
        return None
    acceptance = mandate_data["customer_acceptance"]
    return {"customer_acceptance": {name: acceptance[name] for name in ("online", "type")}}

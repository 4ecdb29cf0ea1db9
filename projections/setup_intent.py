"""
A SetupIntent as it is shown: a pure fold of its stream.

The view is sealed. Its client secret, and the address of a page that authenticates, are
markers here (`service.reveal`), and put in where an answer leaves the house, so no copy at
rest holds them.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final, assert_never

from projections.next_action import next_action
from projections.payment_method_options import shown_options
from projections.view import View, listed, merged, ordered, without_nulls
from service.domain import blanks
from service.domain.attempt_state import OfAttempt
from service.domain.events import (
    PersonalDataForgotten,
    SetupAttemptStarted,
    SetupIntentActionRequired,
    SetupIntentCanceled,
    SetupIntentCreated,
    SetupIntentEvent,
    SetupIntentProcessing,
    SetupIntentSetupFailed,
    SetupIntentSucceeded,
    SetupIntentUpdated,
    SetupMandateMade,
    SetupVerificationFailed,
)
from service.domain.values import Status
from service.reveal import marker

# The options shown depend on both of these.
_OPTIONS: Final = frozenset({"payment_method_options", "payment_method_types"})

_forgotten: Final = partial(
    blanks.members,
    {
        "description": blanks.gone,
        "last_setup_error": partial(blanks.members, {"payment_method": blanks.method}),
        "metadata": blanks.emptied,
    },
)

# A mandate is shown with the attempt that came to it, and goes with its payment method.
_NO_MANDATE: Final[Mapping[str, None]] = {"mandate": None, "single_use_mandate": None}


def view(history: Iterable[SetupIntentEvent]) -> View:
    """Return what *history* leads to: an empty view for an empty history."""
    current: View = {}
    for event in history:
        current = step(current, event)
    return current


def step(current: View, event: SetupIntentEvent) -> View:
    """Return *current* as it is after *event*, as a new view."""
    if isinstance(event, PersonalDataForgotten):
        return dict(_forgotten(current))
    changed = changes(event)
    if changed.get("attach_to_self", False) is None:
        del changed["attach_to_self"]
        current = {key: value for key, value in current.items() if key != "attach_to_self"}
    after = merged(current, changed) if current else changed
    if not changed.keys().isdisjoint(_OPTIONS):
        after["payment_method_options"] = shown_options(
            after["payment_method_options"], after["payment_method_types"]
        )
    return after


def changes(event: SetupIntentEvent) -> View:
    """Return the fields that *event* sets. A field that is absent stays as it was."""
    match event:
        case SetupIntentCreated():
            return _created(event)
        case SetupIntentUpdated():
            return _updated(event)
        case SetupAttemptStarted():
            return {
                **_NO_MANDATE,
                "latest_attempt": event.attempt,
                "payment_method": event.payment_method,
                "payment_method_options": event.payment_method_options,
            }
        case SetupIntentCanceled():
            return {
                "cancellation_reason": event.reason,
                "next_action": None,
                "status": Status.CANCELED.value,
            }
        case PersonalDataForgotten():
            return {}
        case _:
            return _of_attempt(event)


def _of_attempt(event: OfAttempt) -> View:
    match event:
        case SetupIntentActionRequired():
            return {
                "last_setup_error": None,
                "next_action": next_action(event),
                "status": Status.REQUIRES_ACTION.value,
            }
        case SetupIntentProcessing():
            return {
                "last_setup_error": None,
                "next_action": None,
                "status": Status.PROCESSING.value,
            }
        case SetupMandateMade(mandate=mandate, single_use=single_use):
            return {"single_use_mandate" if single_use else "mandate": mandate}
        case SetupVerificationFailed():
            return {"status": Status.REQUIRES_ACTION.value}
        case SetupIntentSucceeded():
            return {
                "last_setup_error": None,
                "next_action": None,
                "payment_method": event.payment_method,
                "status": Status.SUCCEEDED.value,
            }
        case SetupIntentSetupFailed():
            return {
                **_NO_MANDATE,
                "last_setup_error": setup_error(event),
                "next_action": None,
                "payment_method": None,
                "status": Status.REQUIRES_PAYMENT_METHOD.value,
            }
        case _:
            assert_never(event)


def setup_error(event: SetupIntentSetupFailed) -> View:
    """Return why the attempt failed, with the payment method as it was shown then."""
    return without_nulls({**event.error, "payment_method": event.payment_method_snapshot})


# What a new one shows unless its event says otherwise, with all keys in their order. A copy
# that is written over costs half of what a dict of so many keys does, which grows on the way.
_NEW: Final[View] = {
    "id": None,
    "object": "setup_intent",
    "allowed_payment_method_types": None,
    "application": None,
    "automatic_payment_methods": None,
    "cancellation_reason": None,
    "client_secret": None,
    "created": None,
    "customer": None,
    "customer_account": None,
    "description": None,
    "excluded_payment_method_types": None,
    "flow_directions": None,
    "last_setup_error": None,
    "latest_attempt": None,
    "livemode": None,
    "managed_payments": {"enabled": False},
    "mandate": None,
    "metadata": None,
    "next_action": None,
    "on_behalf_of": None,
    "payment_method": None,
    "payment_method_configuration_details": None,
    "payment_method_options": None,
    "payment_method_types": None,
    "single_use_mandate": None,
    "status": None,
    "usage": None,
}


def _created(event: SetupIntentCreated) -> View:
    shown = _NEW.copy()
    shown["id"] = event.setup_intent_id
    shown["allowed_payment_method_types"] = listed(event.allowed_payment_method_types)
    shown["application"] = event.application
    shown["automatic_payment_methods"] = event.automatic_payment_methods
    shown["client_secret"] = marker(event.setup_intent_id)
    shown["created"] = event.at
    shown["customer"] = event.customer
    shown["customer_account"] = event.customer_account
    shown["description"] = event.description
    shown["excluded_payment_method_types"] = listed(event.excluded_payment_method_types)
    shown["flow_directions"] = listed(event.flow_directions)
    shown["livemode"] = event.livemode
    shown["metadata"] = event.metadata
    shown["on_behalf_of"] = event.on_behalf_of
    shown["payment_method"] = event.payment_method
    shown["payment_method_configuration_details"] = _configuration(
        event.payment_method_configuration
    )
    shown["payment_method_options"] = event.payment_method_options
    shown["payment_method_types"] = list(event.payment_method_types)
    shown["status"] = event.status.value
    shown["usage"] = event.usage
    if event.attach_to_self is None:
        return shown
    return ordered({**shown, "attach_to_self": event.attach_to_self})


def _updated(event: SetupIntentUpdated) -> View:
    changed: View = {"status": event.status.value}
    if event.status is not Status.REQUIRES_ACTION:
        changed["next_action"] = None
    if "payment_method" in event.changed:
        changed |= _NO_MANDATE
    for name, value in event.changed.items():
        match name:
            case "payment_method_configuration":
                changed["payment_method_configuration_details"] = _configuration(value)
            case "single_use":
                pass  # It says which mandate to make, and is not shown itself.
            case _:
                changed[name] = list(value) if isinstance(value, tuple) else value
    return changed


def _configuration(configuration: str | None) -> Mapping[str, Any] | None:
    return None if configuration is None else {"id": configuration, "parent": None}

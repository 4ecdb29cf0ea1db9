"""
A SetupIntent as it is shown: a pure fold of its stream.

The view is sealed. Its client secret, and the address of a page that authenticates, are
markers here (`service.reveal`), and put in where an answer leaves the house, so no copy at
rest holds them.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final, assert_never

from projections.new_setup_intent import configuration, created
from projections.next_action import next_action
from projections.payment_method_options import shown_options
from projections.view import View, merged, without_nulls
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
            return created(event)
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


def _updated(event: SetupIntentUpdated) -> View:
    changed: View = {"status": event.status.value}
    if event.status is not Status.REQUIRES_ACTION:
        changed["next_action"] = None
    if "payment_method" in event.changed:
        changed |= _NO_MANDATE
    for name, value in event.changed.items():
        match name:
            case "payment_method_configuration":
                changed["payment_method_configuration_details"] = configuration(value)
            case "single_use":
                pass  # It says which mandate to make, and is not shown itself.
            case _:
                changed[name] = list(value) if isinstance(value, tuple) else value
    return changed

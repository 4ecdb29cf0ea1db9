"""
The attempts to set a payment method up, folded from their SetupIntent's stream.

Each shows the intent as it was when the attempt began: later changes of the intent do not
reach back. Attempts are folded when they are asked for and kept nowhere.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final, assert_never

from projections.setup_intent import setup_error
from projections.view import View, merged, ordered
from service.domain import blanks
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
from service.domain.values import AttemptStatus, Status

_WAITING: Final = frozenset({AttemptStatus.PROCESSING, AttemptStatus.REQUIRES_ACTION})
# What an update leaves waiting: it may describe the intent, and changes nothing else.
_OPEN: Final = frozenset({Status.PROCESSING, Status.REQUIRES_ACTION})
_forgotten: Final = partial(
    blanks.members,
    {
        "payment_method_details": blanks.typed,
        "setup_error": partial(blanks.members, {"payment_method": blanks.method}),
    },
)
_FROZEN: Final = ("application", "customer_account", "flow_directions", "on_behalf_of", "usage")


def attempts(history: Iterable[SetupIntentEvent]) -> list[View]:
    """Return every attempt of one SetupIntent, the first one first."""
    intent: dict[str, Any] = {}
    made: list[View] = []
    for event in history:
        match event:
            case SetupIntentCreated():
                intent = _intent_as_created(event)
            case SetupIntentUpdated():
                _update(event, intent, made)
            case SetupAttemptStarted():
                _abandon_waiting(made)
                made.append(_started(event, intent))
            case SetupIntentCanceled():
                _abandon_waiting(made)
            case SetupMandateMade() | SetupVerificationFailed():
                pass  # An attempt does not show them.
            case PersonalDataForgotten():
                made = [dict(_forgotten(each)) for each in made]
            case _:
                made[-1] = merged(made[-1], _outcome(event))
    return made


def _update(event: SetupIntentUpdated, intent: dict[str, Any], made: list[View]) -> None:
    changed = event.changed
    intent |= {key: changed[key] for key in changed.keys() & intent.keys()}
    if event.status not in _OPEN:
        _abandon_waiting(made)


def _outcome(
    event: SetupIntentActionRequired
    | SetupIntentProcessing
    | SetupIntentSucceeded
    | SetupIntentSetupFailed,
) -> View:
    match event:
        case SetupIntentActionRequired():
            return {"status": AttemptStatus.REQUIRES_ACTION.value}
        case SetupIntentProcessing():
            return {
                "payment_method_details": event.payment_method_details,
                "status": AttemptStatus.PROCESSING.value,
            }
        case SetupIntentSucceeded():
            return {
                "payment_method_details": event.payment_method_details,
                "status": AttemptStatus.SUCCEEDED.value,
            }
        case SetupIntentSetupFailed():
            return {
                "payment_method_details": event.payment_method_details,
                "setup_error": setup_error(event),
                "status": AttemptStatus.FAILED.value,
            }
        case _:
            assert_never(event)


def _intent_as_created(event: SetupIntentCreated) -> dict[str, Any]:
    kept = (*_FROZEN, "attach_to_self", "livemode")
    return {name: getattr(event, name) for name in kept}


def _started(event: SetupAttemptStarted, intent: Mapping[str, Any]) -> View:
    shown: View = {
        "id": event.attempt,
        "object": "setup_attempt",
        "created": event.at,
        "customer": event.customer,
        "livemode": intent["livemode"],
        "payment_method": event.payment_method,
        "payment_method_details": event.payment_method_details,
        "setup_error": None,
        "setup_intent": event.setup_intent_id,
        "status": AttemptStatus.PROCESSING.value,
        **{name: intent[name] for name in _FROZEN},
    }
    if intent["attach_to_self"] is not None:
        shown["attach_to_self"] = intent["attach_to_self"]
    return ordered(shown)


def _abandon_waiting(made: list[View]) -> None:
    if made and made[-1]["status"] in _WAITING:
        made[-1] = merged(made[-1], {"status": AttemptStatus.ABANDONED.value})

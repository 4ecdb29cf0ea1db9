"""What a gateway's verdict on an attempt means for its SetupIntent."""

from typing import assert_never

from service.domain.attempt_details import attempt_details
from service.domain.commands.setup_intent import Authenticate, Conclude
from service.domain.events import (
    SetupIntentActionRequired,
    SetupIntentEvent,
    SetupIntentSetupFailed,
    SetupIntentSucceeded,
)
from service.domain.setup_intent_state import Attempt
from service.domain.verdicts import ActionRequired, Declined, Succeeded


def outcome(command: Conclude | Authenticate, attempt: Attempt) -> SetupIntentEvent:
    """Return the one event that says what came of *attempt*."""
    verdict = command.verdict
    match verdict:
        case Succeeded():
            return _succeeded(command, verdict)
        case Declined():
            return _failed(command, verdict)
        case ActionRequired():
            return _action_required(command, attempt)
        case _:
            assert_never(verdict)


def _succeeded(command: Conclude | Authenticate, verdict: Succeeded) -> SetupIntentEvent:
    payment_method = command.payment_method
    return SetupIntentSucceeded(
        setup_intent_id=command.setup_intent_id,
        at=command.at,
        attempt=command.attempt,
        payment_method=payment_method.id,
        payment_method_details=attempt_details(
            payment_method.type, verdict.details, verdict.three_d_secure
        ),
    )


def _failed(command: Conclude | Authenticate, verdict: Declined) -> SetupIntentEvent:
    payment_method = command.payment_method
    return SetupIntentSetupFailed(
        setup_intent_id=command.setup_intent_id,
        at=command.at,
        attempt=command.attempt,
        error=verdict.reason.as_error(),
        # The snapshot was taken before the gateway looked; show what it found.
        payment_method_snapshot={
            **payment_method.snapshot,
            payment_method.type: verdict.details,
        },
        payment_method_details=attempt_details(
            payment_method.type, verdict.details, verdict.three_d_secure
        ),
    )


def _action_required(command: Conclude | Authenticate, attempt: Attempt) -> SetupIntentEvent:
    """A page of ours, where there is a way back from it; else what the SDK shows in place."""
    redirects = attempt.return_url is not None and not attempt.use_stripe_sdk
    return SetupIntentActionRequired(
        setup_intent_id=command.setup_intent_id,
        at=command.at,
        attempt=command.attempt,
        action="redirect_to_url" if redirects else "use_stripe_sdk",
        return_url=attempt.return_url,
    )

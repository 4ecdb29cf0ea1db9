"""What a gateway's answer on an attempt means for its SetupIntent."""

from typing import assert_never

from service.domain.attempt_details import attempt_details
from service.domain.attempt_state import Attempt
from service.domain.commands.setup_intent import Answered
from service.domain.events import (
    SetupIntentActionRequired,
    SetupIntentEvent,
    SetupIntentProcessing,
    SetupIntentSetupFailed,
    SetupIntentSucceeded,
    SetupMandateMade,
    SetupVerificationFailed,
)
from service.domain.values import JsonObject
from service.domain.verdicts import (
    ActionRequired,
    Declined,
    Mismatch,
    Processing,
    Reason,
    Succeeded,
)


def outcome(command: Answered, attempt: Attempt, *, single_use: bool) -> list[SetupIntentEvent]:
    """
    Return the events that say what came of *attempt*, its mandate before all else.

    *single_use* says which kind of mandate the intent asks for.
    """
    events: list[SetupIntentEvent] = [_answered(command, attempt)]
    if command.mandate is not None:
        made = SetupMandateMade(
            setup_intent_id=command.setup_intent_id,
            at=command.at,
            attempt=command.attempt,
            mandate=command.mandate,
            single_use=single_use,
        )
        events.insert(0, made)
    return events


def _answered(command: Answered, attempt: Attempt) -> SetupIntentEvent:
    verdict = command.verdict
    match verdict:
        case Succeeded():
            return _succeeded(command, verdict, attempt)
        case Declined(details=details, reason=reason):
            shown = attempt_details(
                command.payment_method.type,
                details,
                verdict.three_d_secure,
                verdict.attempt,
                attempt.payment_method_options,
            )
            return _failed(command, reason, details, shown)
        case ActionRequired():
            return _action_required(command, verdict, attempt)
        case Processing():
            return _processing(command, verdict)
        case Mismatch():
            return _mismatched(command, verdict, attempt)
        case _:
            assert_never(verdict)


def _succeeded(command: Answered, verdict: Succeeded, attempt: Attempt) -> SetupIntentEvent:
    payment_method = command.payment_method
    shown = verdict.attempt
    if verdict.generated is not None:
        generated = {
            f"generated_{verdict.generated.type}": command.generated,
            f"generated_{verdict.generated.type}_mandate": command.mandate or attempt.mandate,
        }
        shown = {**(shown or {}), **generated}
    return SetupIntentSucceeded(
        setup_intent_id=command.setup_intent_id,
        at=command.at,
        attempt=command.attempt,
        payment_method=payment_method.id,
        payment_method_details=attempt_details(
            payment_method.type,
            verdict.details,
            verdict.three_d_secure,
            shown,
            attempt.payment_method_options,
        ),
    )


def _failed(
    command: Answered, reason: Reason, details: JsonObject, shown: JsonObject
) -> SetupIntentEvent:
    payment_method = command.payment_method
    return SetupIntentSetupFailed(
        setup_intent_id=command.setup_intent_id,
        at=command.at,
        attempt=command.attempt,
        error=reason.as_error(),
        # The snapshot was taken before the gateway looked; show what it found.
        payment_method_snapshot={**payment_method.snapshot, payment_method.type: details},
        payment_method_details=shown,
    )


def _action_required(
    command: Answered, verdict: ActionRequired, attempt: Attempt
) -> SetupIntentEvent:
    return SetupIntentActionRequired(
        setup_intent_id=command.setup_intent_id,
        at=command.at,
        attempt=command.attempt,
        action=_action(verdict, attempt),
        return_url=attempt.return_url,
        shown=verdict.shown,
        expires_at=verdict.expires_at,
    )


def _action(verdict: ActionRequired, attempt: Attempt) -> str:
    """A page of ours, where there is a way back from it; else what the SDK shows in place."""
    if verdict.action != "authenticate":
        return verdict.action
    redirects = attempt.return_url is not None and not attempt.use_stripe_sdk
    return "redirect_to_url" if redirects else "use_stripe_sdk"


def _processing(command: Answered, verdict: Processing) -> SetupIntentEvent:
    return SetupIntentProcessing(
        setup_intent_id=command.setup_intent_id,
        at=command.at,
        attempt=command.attempt,
        payment_method_details=attempt_details(
            command.payment_method.type, verdict.details, shown=verdict.attempt
        ),
        settles_at=verdict.settles_at,
    )


def _mismatched(command: Answered, verdict: Mismatch, attempt: Attempt) -> SetupIntentEvent:
    """The last try ends the attempt; another one is counted, and no more."""
    payment_method = command.payment_method
    if verdict.final:
        shown = attempt_details(payment_method.type, payment_method.details)
        return _failed(command, verdict.reason, payment_method.details, shown)
    return SetupVerificationFailed(
        setup_intent_id=command.setup_intent_id,
        at=command.at,
        attempt=command.attempt,
        tries=attempt.tries + 1,
        error=verdict.reason.as_error(),
    )

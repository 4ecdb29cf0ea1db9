"""What a SetupIntent's decisions need to know of its latest attempt, folded from its events."""

from typing import TypeAlias, assert_never

from service.domain import blanks
from service.domain.events import (
    SetupAttemptStarted,
    SetupIntentActionRequired,
    SetupIntentProcessing,
    SetupIntentSetupFailed,
    SetupIntentSucceeded,
    SetupMandateMade,
    SetupVerificationFailed,
)
from service.domain.values import AttemptStatus, JsonObject, Value, replace

# What can happen to an attempt that was started.
OfAttempt: TypeAlias = (
    SetupIntentActionRequired
    | SetupIntentProcessing
    | SetupIntentSetupFailed
    | SetupIntentSucceeded
    | SetupMandateMade
    | SetupVerificationFailed
)


class Attempt(Value, frozen=True, kw_only=True):
    """
    The latest attempt to set a payment method up.

    It is *unanswered* until the gateway has said something of it. *action* is what the
    customer has to do while it waits for that. What waits for an instant, the customer's
    last chance or the provider's answer, is *due_at* (Unix seconds). *tries* counts the
    microdeposits that were named wrongly, *mandate* is the one that it made. All else is as
    it was when the attempt began: later changes of the intent do not reach it.
    """

    id: str
    number: int
    at: int
    status: AttemptStatus
    payment_method: str
    payment_method_options: JsonObject
    customer: str | None
    return_url: str | None
    use_stripe_sdk: bool
    mandate_data: JsonObject | None
    unanswered: bool = True
    action: str | None = None
    due_at: int | None = None
    tries: int = 0
    mandate: str | None = None


def begun(event: SetupAttemptStarted) -> Attempt:
    """Return the attempt that *event* has started."""
    return Attempt(
        id=event.attempt,
        number=event.number,
        at=event.at,
        status=AttemptStatus.PROCESSING,
        payment_method=event.payment_method,
        payment_method_options=event.payment_method_options,
        customer=event.customer,
        return_url=event.return_url,
        use_stripe_sdk=event.use_stripe_sdk,
        mandate_data=event.mandate_data,
    )


def after(attempt: Attempt, event: OfAttempt) -> Attempt:
    """Return *attempt* as it is after *event*, which is its own."""
    match event:
        case SetupIntentSucceeded():
            return _answered(attempt, AttemptStatus.SUCCEEDED)
        case SetupIntentSetupFailed():
            return _answered(attempt, AttemptStatus.FAILED)
        case SetupMandateMade(mandate=mandate):
            return replace(attempt, mandate=mandate)
        case SetupVerificationFailed(tries=tries):
            return replace(attempt, tries=tries)
        case SetupIntentActionRequired(action=action, expires_at=due_at):
            waiting = _answered(attempt, AttemptStatus.REQUIRES_ACTION)
            return replace(waiting, action=action, due_at=due_at)
        case SetupIntentProcessing(settles_at=due_at):
            return replace(_answered(attempt, AttemptStatus.PROCESSING), due_at=due_at)
        case _:
            assert_never(event)


def forgotten(attempt: Attempt) -> Attempt:
    """Return *attempt* without what it tells of its customer."""
    return replace(attempt, mandate_data=blanks.mandate_data(attempt.mandate_data))


def abandoned(attempt: Attempt) -> Attempt:
    """Return *attempt* once nobody waits for its customer any more."""
    return _answered(attempt, AttemptStatus.ABANDONED)


def _answered(attempt: Attempt, status: AttemptStatus) -> Attempt:
    return replace(attempt, status=status, unanswered=False, action=None, due_at=None)

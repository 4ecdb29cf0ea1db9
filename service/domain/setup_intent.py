"""
The SetupIntent's decider: which events a command leads to.

A confirmation is two decisions. `Confirm` starts an attempt; `Conclude` writes down what
the gateway said of it. Between the two nothing but `Conclude` is taken. Where that is not
the end, the next decision on the latest attempt is `Authenticate` or `Verify` once the
customer has acted, `Expire` once it is too late for that, or `Settle` once the provider
has answered.

Where Stripe's pages and recordings leave a choice, this is what was chosen:

- Description, metadata and customer change in any status but canceled; everything else
  only while the intent is open.
- Another payment method during `requires_action` gives the waiting attempt up, and the
  intent goes back to `requires_confirmation`.
- Types that leave the intent's own payment method out are refused, as they are at its creation.
- A customer's default payment method is never taken.
- How often an intent may be confirmed is not published. The confirmation after the last one
  cancels it, and is answered with what has become of it.
"""

from collections.abc import Mapping
from typing import Final, assert_never

from service.domain import errors
from service.domain.attempt_state import Attempt
from service.domain.commands.setup_intent import (
    Answered,
    Authenticate,
    Cancel,
    Command,
    Conclude,
    Confirm,
    Create,
    Expire,
    Settle,
    Update,
    Verify,
)
from service.domain.events import (
    SetupAttemptStarted,
    SetupIntentCanceled,
    SetupIntentEvent,
    SetupIntentUpdated,
)
from service.domain.facts import PaymentMethodFacts
from service.domain.outcomes import outcome
from service.domain.setup_intent_changes import changed, status_after
from service.domain.setup_intent_confirmation import started
from service.domain.setup_intent_creation import created
from service.domain.setup_intent_state import SetupIntent, evolve, fold
from service.domain.suitability import (
    refuse_owned_by_another,
    refuse_type_not_taken,
    refuse_unsuitable,
)
from service.domain.values import JsonObject, Status
from service.domain.waiting import is_overdue, verifiable_attempt, waiting_attempt

__all__ = [
    "ACCEPTED_IN",
    "ATTEMPTS_MAX",
    "OPEN",
    "Attempt",
    "SetupIntent",
    "decide",
    "evolve",
    "fold",
    "is_overdue",
    "verifiable_attempt",
    "waiting_attempt",
]

OPEN: Final = frozenset(
    {Status.REQUIRES_PAYMENT_METHOD, Status.REQUIRES_CONFIRMATION, Status.REQUIRES_ACTION}
)

# When a command may run is in this table. What it leads to is in `decide`.
ACCEPTED_IN: Final[Mapping[type[Command], frozenset[Status | None]]] = {
    Create: frozenset({None}),
    Update: OPEN | {Status.PROCESSING, Status.SUCCEEDED},
    Confirm: OPEN,
    Conclude: OPEN,
    Authenticate: frozenset({Status.REQUIRES_ACTION}),
    Verify: frozenset({Status.REQUIRES_ACTION}),
    Settle: frozenset({Status.PROCESSING}),
    Expire: frozenset({Status.REQUIRES_ACTION}),
    Cancel: OPEN,
}

ATTEMPTS_MAX: Final = 100

_AT_ANY_TIME: Final = frozenset({"customer", "customer_account", "description", "metadata"})


def decide(command: Command, intent: SetupIntent) -> list[SetupIntentEvent]:
    """Return the events that *command* leads to, or raise `Refused`. Touch nothing."""
    _refuse_unless_accepted(command, intent)
    match command:
        case Create():
            return [created(command)]
        case Update():
            return [_updated(command, intent)] if command.changes else []
        case Confirm():
            return [_confirmed(command, intent)]
        case Conclude() | Authenticate() | Verify() | Settle() | Expire():
            return _answered(command, intent)
        case Cancel(at=at, reason=reason):
            return [SetupIntentCanceled(setup_intent_id=intent.id, at=at, reason=reason)]
        case _:
            assert_never(command)


def _refuse_unless_accepted(command: Command, intent: SetupIntent) -> None:
    if isinstance(command, Create) and intent.status is not None:
        raise errors.ResourceExists(intent.id)
    if isinstance(command, Confirm) and command.payment_method is None:
        # Stripe's order: that there is nothing to confirm wins over the status.
        raise errors.PaymentMethodMissing
    if isinstance(command, Verify):
        verifiable_attempt(intent)
    accepted = ACCEPTED_IN[type(command)]
    if isinstance(command, Update) and not command.changes.keys() <= _AT_ANY_TIME:
        accepted = OPEN
    _refuse_unless(type(command), intent, accepted)


def _refuse_unless(
    kind: type[Command], intent: SetupIntent, accepted: frozenset[Status | None]
) -> None:
    if intent.status not in accepted:
        raise errors.UnexpectedState(kind.__name__.lower(), intent.status, accepted)
    if intent.attempt and intent.unanswered and kind is not Conclude:
        raise errors.AttemptUnanswered(intent.attempt.id)


def _confirmed(command: Confirm, intent: SetupIntent) -> SetupAttemptStarted | SetupIntentCanceled:
    attempt = started(command, intent)
    if intent.attempts < ATTEMPTS_MAX:
        return attempt
    return SetupIntentCanceled(setup_intent_id=intent.id, at=command.at)


def _updated(command: Update, intent: SetupIntent) -> SetupIntentUpdated:
    new = changed(intent, command.changes, command.enabled)
    customer = new.get("customer", intent.customer)
    if customer and new.get("attach_to_self", intent.attach_to_self):
        raise errors.CustomerBesideSelf
    if command.payment_method is not None:
        _refuse_unfit(command.payment_method, intent, new, customer)
    return SetupIntentUpdated(
        setup_intent_id=intent.id, at=command.at, status=status_after(intent, new), changed=new
    )


def _refuse_unfit(
    payment_method: PaymentMethodFacts, intent: SetupIntent, new: JsonObject, customer: str | None
) -> None:
    """Refuse what would leave *intent* with a payment method that it cannot be confirmed with."""
    types = new.get("payment_method_types", intent.payment_method_types)
    if new.get("payment_method"):
        refuse_unsuitable(payment_method, customer, types)
        return
    if "customer" in new:
        refuse_owned_by_another(payment_method, customer)
    if "payment_method_types" in new:
        refuse_type_not_taken(payment_method, types)


def _answered(command: Answered, intent: SetupIntent) -> list[SetupIntentEvent]:
    attempt = waiting_attempt(type(command), command.attempt, intent, command.at)
    return outcome(command, attempt, single_use=intent.single_use is not None)

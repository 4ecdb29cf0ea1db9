"""
The PaymentMethod's decider.

A payment method is free, then a customer's, then used up, and never comes back from there.
Set up without a customer, it is spent: no other intent takes it, but a customer can have it,
as applications do that know who somebody is only after the setup.
"""

from collections.abc import Mapping
from typing import Final, assert_never

from service.domain import errors
from service.domain.commands.payment_method import (
    Attach,
    Check,
    Command,
    Create,
    Detach,
    Update,
)
from service.domain.events import (
    PaymentMethodAttached,
    PaymentMethodChecked,
    PaymentMethodCreated,
    PaymentMethodDetached,
    PaymentMethodEvent,
    PaymentMethodUpdated,
)
from service.domain.method_types import TYPES
from service.domain.patches import differing, laid_over, merged_metadata
from service.domain.payment_method_state import (
    TAKEN_BY_NO_INTENT,
    PaymentMethod,
    Standing,
    evolve,
    facts,
    fold,
)
from service.domain.values import Json, JsonObject
from service.domain.verdicts import MICRODEPOSITS, ActionRequired, Declined, Verdict

__all__ = ["ACCEPTED_IN", "PaymentMethod", "Standing", "decide", "evolve", "facts", "fold"]

# When a command may run is in this table. What it leads to is in `decide`.
ACCEPTED_IN: Final[Mapping[type[Command], frozenset[Standing]]] = {
    Create: frozenset({Standing.NEW}),
    Update: frozenset({Standing.ATTACHED}),
    Attach: frozenset({Standing.FREE, Standing.SPENT, Standing.ATTACHED}),
    Detach: frozenset({Standing.ATTACHED}),
    Check: frozenset({Standing.FREE, Standing.ATTACHED, *TAKEN_BY_NO_INTENT}),
}

_DONE_TO_IT: Final[Mapping[type[Command], str]] = {Update: "updated", Detach: "detached"}


def decide(command: Command, payment_method: PaymentMethod) -> list[PaymentMethodEvent]:
    """Return the events that *command* leads to, or raise `Refused`. Touch nothing."""
    if payment_method.standing not in ACCEPTED_IN[type(command)]:
        raise _refusal(command, payment_method)
    match command:
        case Create():
            return [_created(command)]
        case Update():
            return _updated(command, payment_method)
        case Attach():
            return _attached(command, payment_method)
        case Detach(at=at):
            return [_detached(payment_method, at)]
        case Check():
            return _checked(command, payment_method)
        case _:
            assert_never(command)


def _refusal(command: Command, payment_method: PaymentMethod) -> errors.Refused:
    if isinstance(command, Create):
        return errors.ResourceExists(command.payment_method_id)
    done = _DONE_TO_IT.get(type(command))
    if done:
        return errors.NotAttached(payment_method.id, done)
    return errors.PaymentMethodUsedUp(command.payment_method_id)


def _created(command: Create) -> PaymentMethodCreated:
    return PaymentMethodCreated(
        payment_method_id=command.payment_method_id,
        at=command.at,
        account=command.owner.account,
        livemode=command.owner.livemode,
        type=command.type,
        details=command.details,
        scenario=command.scenario,
        billing_details=command.billing_details,
        metadata=merged_metadata({}, command.metadata),
        allow_redisplay=command.allow_redisplay,
        radar_options=command.radar_options,
    )


def _updated(command: Update, payment_method: PaymentMethod) -> list[PaymentMethodEvent]:
    old = payment_method.shown
    new = differing(old, {name: _new(old, name, each) for name, each in command.changes.items()})
    if not new:
        return []
    return [PaymentMethodUpdated(payment_method_id=payment_method.id, at=command.at, changed=new)]


def _new(old: JsonObject, name: str, value: Json) -> Json:
    if name == "metadata":
        return merged_metadata(old[name], value)
    return laid_over(old, {name: value})[name]


def _attached(command: Attach, payment_method: PaymentMethod) -> list[PaymentMethodEvent]:
    if payment_method.customer == command.customer:
        return []
    if payment_method.customer is not None:
        raise errors.AttachedElsewhere(payment_method.id, payment_method.customer)
    type_ = payment_method.type
    if type_ not in TYPES or TYPES[type_].generates is not None:
        raise errors.TypeNotAttachable(type_)
    if isinstance(command.verdict, Declined):
        raise errors.CardRefused(command.verdict.reason)
    if _is_unverified(command.verdict) and not payment_method.spent:
        raise errors.NotVerified(payment_method.id)
    return [
        PaymentMethodAttached(
            payment_method_id=payment_method.id,
            at=command.at,
            customer=command.customer,
            details=command.verdict.details,
        )
    ]


def _is_unverified(verdict: Verdict) -> bool:
    return isinstance(verdict, ActionRequired) and verdict.action == MICRODEPOSITS


def _detached(payment_method: PaymentMethod, at: int) -> PaymentMethodDetached:
    return PaymentMethodDetached(
        payment_method_id=payment_method.id, at=at, customer=payment_method.customer or ""
    )


def _checked(command: Check, payment_method: PaymentMethod) -> list[PaymentMethodEvent]:
    """Two intents may ask for the same payment method at once; only one may spend it."""
    spent = command.spent and payment_method.customer is None
    if spent and payment_method.standing in TAKEN_BY_NO_INTENT:
        raise errors.PaymentMethodUsedUp(payment_method.id)
    if command.details == payment_method.details and not spent and command.mandate is None:
        return []
    return [
        PaymentMethodChecked(
            payment_method_id=payment_method.id,
            at=command.at,
            setup_intent=command.setup_intent,
            details=command.details,
            spent=spent,
            mandate=command.mandate,
        )
    ]

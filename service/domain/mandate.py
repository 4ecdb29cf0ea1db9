"""
The Mandate's decider.

A mandate is pending while its payment method is being set up, active once it may be debited,
and inactive when the setup failed or the payment method was given up. It never comes back
from there.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Final, assert_never, cast

from service.domain import errors
from service.domain.commands.mandate import Activate, Command, Create, Deactivate
from service.domain.events import (
    Event,
    MandateCreated,
    MandateEvent,
    MandateUpdated,
    PersonalDataForgotten,
)
from service.domain.impossible import ImpossibleEvent
from service.domain.values import NOBODY, MandateStatus, Owner, Value, replace


class Mandate(Value, frozen=True, kw_only=True):
    """A mandate. Before its first event it has no status."""

    id: str = ""
    owner: Owner = NOBODY
    status: MandateStatus | None = None
    payment_method: str = ""
    single_use: bool = False


# When a command may run is in this table. What it leads to is in `decide`.
ACCEPTED_IN: Final[Mapping[type[Command], frozenset[MandateStatus | None]]] = {
    Create: frozenset({None}),
    Activate: frozenset({MandateStatus.PENDING, MandateStatus.ACTIVE}),
    Deactivate: frozenset(MandateStatus),
}


def decide(command: Command, mandate: Mandate) -> list[MandateEvent]:
    """Return the events that *command* leads to, or raise `Refused`. Touch nothing."""
    if mandate.status not in ACCEPTED_IN[type(command)]:
        raise _refusal(command)
    match command:
        case Create():
            return [_created(command)]
        case Activate():
            return _moved(command, mandate, MandateStatus.ACTIVE)
        case Deactivate():
            return _moved(command, mandate, MandateStatus.INACTIVE)
        case _:
            assert_never(command)


def evolve(mandate: Mandate, event: MandateEvent) -> Mandate:
    """Return *mandate* as it is after *event*; `ImpossibleEvent` where it cannot be."""
    if isinstance(event, MandateCreated) is not (mandate.status is None):
        raise ImpossibleEvent(event)
    match event:
        case MandateCreated():
            return Mandate(
                id=event.mandate_id,
                owner=Owner(event.account, event.livemode),
                status=event.status,
                payment_method=event.payment_method,
                single_use=event.single_use is not None,
            )
        case MandateUpdated(status=status):
            return replace(mandate, status=status)
        case PersonalDataForgotten():
            return mandate
        case _:
            assert_never(event)


def fold(history: Iterable[Event]) -> Mandate:
    """Return what *history*, the whole stream in its order, leads to."""
    return reduce(evolve, cast("Iterable[MandateEvent]", history), Mandate())


def _refusal(command: Command) -> errors.Refused:
    if isinstance(command, Create):
        return errors.ResourceExists(command.mandate_id)
    return errors.MandateInvalid(command.mandate_id)


def _created(command: Create) -> MandateCreated:
    return MandateCreated(
        mandate_id=command.mandate_id,
        at=command.at,
        account=command.owner.account,
        livemode=command.owner.livemode,
        status=command.status,
        payment_method=command.payment_method,
        payment_method_details=command.payment_method_details,
        customer_acceptance=command.customer_acceptance,
        single_use=command.single_use,
        on_behalf_of=command.on_behalf_of,
    )


def _moved(
    command: Activate | Deactivate, mandate: Mandate, status: MandateStatus
) -> list[MandateEvent]:
    if mandate.status is status:
        return []
    return [MandateUpdated(mandate_id=mandate.id, at=command.at, status=status)]

"""
The confirmation token's decider.

It carries what a page collected to the one confirmation that it is used in, within twelve
hours. A confirmation that is refused has not used it; one that is declined has.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Final, assert_never, cast

from service.domain import blanks, errors
from service.domain.commands.confirmation_token import Command, Create, Use
from service.domain.events import (
    ConfirmationTokenCreated,
    ConfirmationTokenEvent,
    ConfirmationTokenUsed,
    Event,
    PersonalDataForgotten,
)
from service.domain.impossible import ImpossibleEvent
from service.domain.instrument import Instrument
from service.domain.standing import Standing
from service.domain.values import NOBODY, JsonObject, Owner, Value, replace

GOOD_FOR_S: Final = 12 * 3600
_PARAM: Final = "confirmation_token"


class ConfirmationToken(Value, frozen=True, kw_only=True):
    """A confirmation token. *setup_intent* is what was confirmed with it."""

    id: str = ""
    owner: Owner = NOBODY
    standing: Standing = Standing.NEW
    instrument: Instrument | None = None
    payment_method: str | None = None
    return_url: str | None = None
    setup_future_usage: str | None = None
    mandate_data: JsonObject | None = None
    use_stripe_sdk: bool = True
    expires_at: int = 0
    setup_intent: str | None = None


# When a command may run is in this table. What it leads to is in `decide`.
ACCEPTED_IN: Final[Mapping[type[Command], frozenset[Standing]]] = {
    Create: frozenset({Standing.NEW}),
    Use: frozenset({Standing.LIVING}),
}


def decide(command: Command, token: ConfirmationToken) -> list[ConfirmationTokenEvent]:
    """Return the events that *command* leads to, or raise `Refused`. Touch nothing."""
    if token.standing not in ACCEPTED_IN[type(command)]:
        raise _refusal(command)
    match command:
        case Create():
            return [_created(command)]
        case Use():
            return [_used(command, token)]
        case _:
            assert_never(command)


def evolve(token: ConfirmationToken, event: ConfirmationTokenEvent) -> ConfirmationToken:
    """Return *token* as it is after *event*; `ImpossibleEvent` where it cannot be."""
    if isinstance(event, ConfirmationTokenCreated) is not (token.standing is Standing.NEW):
        raise ImpossibleEvent(event)
    match event:
        case ConfirmationTokenCreated():
            return _living(event)
        case ConfirmationTokenUsed(setup_intent=setup_intent):
            return replace(token, setup_intent=setup_intent)
        case PersonalDataForgotten():
            return replace(
                token,
                instrument=blanks.kept_instrument(token.instrument),
                mandate_data=blanks.mandate_data(token.mandate_data),
            )
        case _:
            assert_never(event)


def fold(history: Iterable[Event]) -> ConfirmationToken:
    """Return what *history*, the whole stream in its order, leads to."""
    return reduce(evolve, cast("Iterable[ConfirmationTokenEvent]", history), ConfirmationToken())


def _refusal(command: Command) -> errors.Refused:
    if isinstance(command, Create):
        return errors.ResourceExists(command.confirmation_token_id)
    return errors.ResourceMissing(_PARAM, command.confirmation_token_id, param=_PARAM)


def _living(event: ConfirmationTokenCreated) -> ConfirmationToken:
    return ConfirmationToken(
        id=event.confirmation_token_id,
        owner=Owner(event.account, event.livemode),
        standing=Standing.LIVING,
        instrument=event.instrument,
        payment_method=event.payment_method,
        return_url=event.return_url,
        setup_future_usage=event.setup_future_usage,
        mandate_data=event.mandate_data,
        use_stripe_sdk=event.use_stripe_sdk,
        expires_at=event.at + GOOD_FOR_S,
    )


def _created(command: Create) -> ConfirmationTokenCreated:
    return ConfirmationTokenCreated(
        confirmation_token_id=command.confirmation_token_id,
        at=command.at,
        account=command.owner.account,
        livemode=command.owner.livemode,
        instrument=command.instrument,
        payment_method=command.payment_method,
        customer=command.customer,
        payment_method_options=command.payment_method_options,
        return_url=command.return_url,
        setup_future_usage=command.setup_future_usage,
        shipping=command.shipping,
        mandate_data=command.mandate_data,
    )


def _used(command: Use, token: ConfirmationToken) -> ConfirmationTokenUsed:
    if token.setup_intent is not None:
        raise errors.TokenAlreadyUsed(token.id, _PARAM)
    if command.at >= token.expires_at:
        raise errors.TokenExpired(token.id, _PARAM)
    usage = token.setup_future_usage
    if usage is not None and usage != command.usage:
        raise errors.UsageDiffers(token.id, usage, command.usage)
    return ConfirmationTokenUsed(
        confirmation_token_id=token.id, at=command.at, setup_intent=command.setup_intent
    )

"""
The token's decider.

A token stands for an instrument until something is made of it, once, or until a day
has passed. Stripe does not say when a token expires; a day outlives any page that made one.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Final, assert_never, cast

from service.domain import blanks, errors
from service.domain.commands.token import Command, Create, Use
from service.domain.events import (
    Event,
    PersonalDataForgotten,
    TokenCreated,
    TokenEvent,
    TokenUsed,
)
from service.domain.impossible import ImpossibleEvent
from service.domain.instrument import Instrument
from service.domain.standing import Standing
from service.domain.values import NOBODY, Owner, Value, replace

GOOD_FOR_S: Final = 86_400


class Token(Value, frozen=True, kw_only=True):
    """A token. *used_by* is what was made of its *instrument*."""

    id: str = ""
    owner: Owner = NOBODY
    standing: Standing = Standing.NEW
    type: str = ""
    instrument: Instrument | None = None
    expires_at: int = 0
    used_by: str | None = None


# When a command may run is in this table. What it leads to is in `decide`.
ACCEPTED_IN: Final[Mapping[type[Command], frozenset[Standing]]] = {
    Create: frozenset({Standing.NEW}),
    Use: frozenset({Standing.LIVING}),
}


def decide(command: Command, token: Token) -> list[TokenEvent]:
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


def evolve(token: Token, event: TokenEvent) -> Token:
    """Return *token* as it is after *event*; `ImpossibleEvent` where it cannot be."""
    if isinstance(event, TokenCreated) is not (token.standing is Standing.NEW):
        raise ImpossibleEvent(event)
    match event:
        case TokenCreated():
            return Token(
                id=event.token_id,
                owner=Owner(event.account, event.livemode),
                standing=Standing.LIVING,
                type=event.type,
                instrument=event.instrument,
                expires_at=event.at + GOOD_FOR_S,
            )
        case TokenUsed(used_by=used_by):
            return replace(token, used_by=used_by)
        case PersonalDataForgotten():
            return replace(token, instrument=blanks.kept_instrument(token.instrument))
        case _:
            assert_never(event)


def fold(history: Iterable[Event]) -> Token:
    """Return what *history*, the whole stream in its order, leads to."""
    return reduce(evolve, cast("Iterable[TokenEvent]", history), Token())


def _refusal(command: Command) -> errors.Refused:
    if isinstance(command, Create):
        return errors.ResourceExists(command.token_id)
    return errors.ResourceMissing("token", command.token_id, param="token")


def _created(command: Create) -> TokenCreated:
    return TokenCreated(
        token_id=command.token_id,
        at=command.at,
        account=command.owner.account,
        livemode=command.owner.livemode,
        type=command.type,
        source=command.source,
        instrument=command.instrument,
        holder=command.holder,
        client_ip=command.client_ip,
    )


def _used(command: Use, token: Token) -> TokenUsed:
    if token.used_by is not None:
        raise errors.TokenAlreadyUsed(token.id, "token")
    if command.at >= token.expires_at:
        raise errors.TokenExpired(token.id, "token")
    if token.type != "card":
        raise errors.TokenOfAnotherType(token.id, token.type)
    return TokenUsed(token_id=token.id, at=command.at, used_by=command.used_by)

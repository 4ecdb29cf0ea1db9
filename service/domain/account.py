"""
The account's decider.

An account is of both modes; its keys are each of one. Its owner is named in test mode, as
every aggregate has an owner, and nothing depends on it.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Final, assert_never, cast

from service.domain import errors
from service.domain.commands.account import AddKey, Command, Create, RevokeKey
from service.domain.events import (
    AccountCreated,
    AccountEvent,
    ApiKeyAdded,
    ApiKeyRevoked,
    Event,
)
from service.domain.impossible import ImpossibleEvent
from service.domain.standing import Standing
from service.domain.values import NOBODY, Owner, Value, field, replace


class Account(Value, frozen=True, kw_only=True):
    """An account. *keys* maps the digest of each key that opens it to the event that added it."""

    id: str = ""
    owner: Owner = NOBODY
    standing: Standing = Standing.NEW
    keys: Mapping[str, ApiKeyAdded] = field(default_factory=dict)


# When a command may run is in this table. What it leads to is in `decide`.
ACCEPTED_IN: Final[Mapping[type[Command], frozenset[Standing]]] = {
    Create: frozenset({Standing.NEW}),
    AddKey: frozenset({Standing.LIVING}),
    RevokeKey: frozenset({Standing.LIVING}),
}


def decide(command: Command, account: Account) -> list[AccountEvent]:
    """Return the events that *command* leads to, or raise `Refused`. Touch nothing."""
    if account.standing not in ACCEPTED_IN[type(command)]:
        raise _refusal(command)
    match command:
        case Create(account_id=id_, at=at):
            return [AccountCreated(account_id=id_, at=at)]
        case AddKey():
            return [] if command.digest in account.keys else [_added(command)]
        case RevokeKey(at=at, digest=digest):
            if digest not in account.keys:
                raise errors.UnknownKey(account.id)
            return [ApiKeyRevoked(account_id=account.id, at=at, digest=digest)]
        case _:
            assert_never(command)


def evolve(account: Account, event: AccountEvent) -> Account:
    """Return *account* as it is after *event*; `ImpossibleEvent` where it cannot be."""
    if isinstance(event, AccountCreated) is not (account.standing is Standing.NEW):
        raise ImpossibleEvent(event)
    match event:
        case AccountCreated(account_id=id_):
            return Account(id=id_, owner=Owner(id_, livemode=False), standing=Standing.LIVING)
        case ApiKeyAdded(digest=digest):
            return replace(account, keys={**account.keys, digest: event})
        case ApiKeyRevoked(digest=revoked):
            keys = {digest: key for digest, key in account.keys.items() if digest != revoked}
            return replace(account, keys=keys)
        case _:
            assert_never(event)


def fold(history: Iterable[Event]) -> Account:
    """Return what *history*, the whole stream in its order, leads to."""
    return reduce(evolve, cast("Iterable[AccountEvent]", history), Account())


def _refusal(command: Command) -> errors.Refused:
    if isinstance(command, Create):
        return errors.ResourceExists(command.account_id)
    return errors.ResourceMissing("account", command.account_id, param="account", absent=True)


def _added(command: AddKey) -> ApiKeyAdded:
    return ApiKeyAdded(
        account_id=command.account_id,
        at=command.at,
        digest=command.digest,
        kind=command.kind,
        livemode=command.livemode,
        masked=command.masked,
    )

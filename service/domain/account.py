"""
The account's decider.

An account is of both modes; its keys are each of one. Its owner is named in test mode, as
every aggregate has an owner, and nothing depends on it.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Final, assert_never, cast

from service.domain import errors
from service.domain.commands.account import AddKey, Command, Create, ExpireKey, RevokeKey, Update
from service.domain.events import (
    AccountCreated,
    AccountEvent,
    AccountUpdated,
    ApiKeyAdded,
    ApiKeyExpiring,
    ApiKeyRevoked,
    Event,
)
from service.domain.impossible import ImpossibleEvent
from service.domain.patches import differing
from service.domain.standing import Standing
from service.domain.values import NOBODY, JsonObject, Owner, Value, field, fields, replace


class Key(Value, frozen=True, kw_only=True):
    """A key that opens an account, or did until *expires_at*. *added* tells of it."""

    added: ApiKeyAdded
    expires_at: int | None = None

    def has_expired(self, at: int) -> bool:
        """Say whether the key opens nothing any more *at* an instant."""
        return self.expires_at is not None and self.expires_at <= at


class Account(Value, frozen=True, kw_only=True):
    """
    An account. *keys* maps the digest of each key to what is known of it.

    *attributes* are those that an update may change; *created* is in Unix seconds.
    """

    id: str = ""
    owner: Owner = NOBODY
    standing: Standing = Standing.NEW
    created: int = 0
    attributes: JsonObject = field(default_factory=dict)
    keys: Mapping[str, Key] = field(default_factory=dict)

    @property
    def platform(self) -> str | None:
        """The account that may act for this one."""
        platform: str | None = self.attributes.get("platform")
        return platform


# When a command may run is in this table. What it leads to is in `decide`.
ACCEPTED_IN: Final[Mapping[type[Command], frozenset[Standing]]] = {
    Create: frozenset({Standing.NEW}),
    Update: frozenset({Standing.LIVING}),
    AddKey: frozenset({Standing.LIVING}),
    ExpireKey: frozenset({Standing.LIVING}),
    RevokeKey: frozenset({Standing.LIVING}),
}
_ATTRIBUTES: Final = tuple(
    each.name for each in fields(AccountCreated) if each.name not in {"account_id", "at"}
)


def decide(command: Command, account: Account) -> list[AccountEvent]:
    """Return the events that *command* leads to, or raise `Refused`. Touch nothing."""
    if account.standing not in ACCEPTED_IN[type(command)]:
        raise _refusal(command)
    match command:
        case Create():
            return [_created(command)]
        case Update():
            return _updated(command, account)
        case AddKey():
            return [] if command.digest in account.keys else [_added(command)]
        case ExpireKey():
            return _expiring(command, account)
        case RevokeKey(at=at, digest=digest):
            _ = _key(account, digest)
            return [ApiKeyRevoked(account_id=account.id, at=at, digest=digest)]
        case _:
            assert_never(command)


def evolve(account: Account, event: AccountEvent) -> Account:
    """Return *account* as it is after *event*; `ImpossibleEvent` where it cannot be."""
    if isinstance(event, AccountCreated) is not (account.standing is Standing.NEW):
        raise ImpossibleEvent(event)
    match event:
        case AccountCreated():
            return _living(event)
        case AccountUpdated(changed=changed):
            return replace(account, attributes={**account.attributes, **changed})
        case ApiKeyAdded(digest=digest):
            return replace(account, keys={**account.keys, digest: Key(added=event)})
        case ApiKeyExpiring(digest=digest, expires_at=expires_at):
            key = replace(account.keys[digest], expires_at=expires_at)
            return replace(account, keys={**account.keys, digest: key})
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


def _key(account: Account, digest: str) -> Key:
    key = account.keys.get(digest)
    if key is None:
        raise errors.UnknownKey(account.id)
    return key


def _living(event: AccountCreated) -> Account:
    return Account(
        id=event.account_id,
        owner=Owner(event.account_id, livemode=False),
        standing=Standing.LIVING,
        created=event.at,
        attributes={name: getattr(event, name) for name in _ATTRIBUTES},
    )


def _created(command: Create) -> AccountCreated:
    if command.platform == command.account_id:
        raise errors.OwnPlatform(command.account_id)
    attributes = {name: getattr(command, name) for name in _ATTRIBUTES}
    return AccountCreated(account_id=command.account_id, at=command.at, **attributes)


def _updated(command: Update, account: Account) -> list[AccountEvent]:
    if command.changes.get("platform") == account.id:
        raise errors.OwnPlatform(account.id)
    new = differing(account.attributes, command.changes)
    return [AccountUpdated(account_id=account.id, at=command.at, changed=new)] if new else []


def _added(command: AddKey) -> ApiKeyAdded:
    return ApiKeyAdded(**{each.name: getattr(command, each.name) for each in fields(ApiKeyAdded)})


def _expiring(command: ExpireKey, account: Account) -> list[AccountEvent]:
    """An expiry may be brought forward, and never put off."""
    key = _key(account, command.digest)
    if key.has_expired(command.expires_at):
        return []
    return [
        ApiKeyExpiring(
            account_id=account.id,
            at=command.at,
            digest=command.digest,
            expires_at=command.expires_at,
        )
    ]

"""
The first account and its keys, made at the first start and found again at every other.

Its id is derived from the master key, as its keys are unless the settings name others. So a
log that was written under another master key is noticed, before secrets are given out that
nobody has.
"""

from collections.abc import Collection, Iterable

from service.api.authentication import masked
from service.commands.path import Caller, CommandPath, Reply
from service.commands.unit import Unit
from service.config import CannotStart, Settings
from service.domain.account import Account
from service.domain.commands import account
from service.domain.errors import Refused
from service.domain.events import Event
from service.domain.values import SYSTEM, Owner
from service.keyring import Keyring, digest_of_key
from service.reports import ApiKeys
from service.store.protocol import EventStore

_NOTHING = Reply(200, b"")


def test_keys(settings: Settings, keyring: Keyring) -> ApiKeys:
    """Return the first account's keys for test mode."""
    first = keyring.first_account()
    return ApiKeys(
        secret=settings.secret_key or keyring.api_key(first, "sk", livemode=False),
        publishable=settings.publishable_key or keyring.api_key(first, "pk", livemode=False),
    )


async def ensure_first_account(
    path: CommandPath, settings: Settings, keyring: Keyring, at: int
) -> None:
    """
    Make the first account where there is none, and give it the keys of the settings.

    A key that the settings have replaced opens nothing any more. One that an operator has
    ended stays so, whatever the settings say.
    """
    name = keyring.first_account()
    wanted = {digest_of_key(key): key for key in _keys(settings, keyring)}

    async def work(unit: Unit) -> Reply:
        await unit.load(name)
        if not unit.state(name).id:
            if await path.store.head():
                raise CannotStart(
                    "This log was written under another master key. Set SETI_MASTER_KEY to it, "
                    "or put its master.key back in the data directory."
                )
            unit.decide(name, account.Create(account_id=name, at=at))
        for digest in _replaced(unit.state(name), wanted):
            unit.decide(name, account.RevokeKey(account_id=name, at=at, digest=digest))
        for digest, key in wanted.items():
            unit.decide(name, _added(name, at, digest, key))
        return _NOTHING

    await path.carry_out(Caller(Owner(name, livemode=False), SYSTEM, at), work, _never)


async def account_history(store: EventStore) -> list[Event]:
    """Return what happened to every account, stream by stream."""
    names = await store.streams("acct_")
    histories = await store.load_many([(name, None) for name in names])
    return [recorded.event for history in histories for recorded in history]


def _replaced(first: Account, wanted: Collection[str]) -> list[str]:
    """Return the keys that came from the settings, and are no longer in them."""
    return [
        digest
        for digest, key in first.keys.items()
        if key.added.origin == "settings" and key.expires_at is None and digest not in wanted
    ]


def _keys(settings: Settings, keyring: Keyring) -> Iterable[str]:
    test = test_keys(settings, keyring)
    first = keyring.first_account()
    live = (keyring.api_key(first, kind, livemode=True) for kind in ("sk", "pk"))
    return (test.secret, test.publishable, *live)


def _added(name: str, at: int, digest: str, key: str) -> account.AddKey:
    return account.AddKey(
        account_id=name,
        at=at,
        digest=digest,
        kind="publishable" if key.startswith("pk_") else "secret",
        livemode="_live_" in key,
        masked=masked(key),
    )


async def _never(refusal: Refused, _: Unit) -> Reply:
    raise refusal

"""
The first account and its keys, made at the first start and found again at every other.

Its id is derived from the master key, as its keys are unless the settings name others.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import product

from service.api.house import House
from service.commands.accounts import accounts_in, raised
from service.commands.path import Caller, CommandPath, Reply
from service.commands.unit import Unit
from service.config import CannotStart, Settings
from service.domain.account import Account
from service.domain.commands import account
from service.domain.values import SYSTEM, Owner
from service.keyring import Keyring, digest_of_key, masked
from service.reports import ApiKeys

_NOTHING = Reply(200, b"")


def test_keys(settings: Settings, keyring: Keyring, first: Account, at: int) -> ApiKeys:
    """Return the keys of the *first* account for test mode, but for those that were ended."""
    secret, publishable, *_ = _keys(settings, keyring)
    return ApiKeys(
        secret=None if _has_ended(first, secret, at) else secret,
        publishable=None if _has_ended(first, publishable, at) else publishable,
    )


def _has_ended(account: Account, text: str, at: int) -> bool:
    key = account.keys.get(digest_of_key(text))
    return key is not None and key.has_expired(at)


async def open_accounts(house: House, settings: Settings) -> ApiKeys:
    """Let *house* know of every account, and return the keys of the first one."""
    at = int(house.clock())
    wanted = {digest_of_key(key): key for key in _keys(settings, house.keyring)}
    _refuse_others(await accounts_in(house.store), house.keyring.first_account(), wanted)
    await _ensure_first_account(house.path, house.keyring.first_account(), wanted, at)
    found = await accounts_in(house.store)
    house.keys.know(found)
    first = next(each for each in found if each.id == house.keyring.first_account())
    return test_keys(settings, house.keyring, first, at)


def _refuse_others(accounts: Collection[Account], first: str, wanted: Mapping[str, str]) -> None:
    """Raise `CannotStart` where a key that the *first* account is to have opens another."""
    if first not in {each.id for each in accounts}:
        return
    for each in accounts:
        if each.id != first and not wanted.keys().isdisjoint(each.keys):
            raise CannotStart(
                f"SETI_SECRET_KEY or SETI_PUBLISHABLE_KEY is a key of the account {each.id}, and "
                "has to be one of the first account's."
            )


async def _ensure_first_account(
    path: CommandPath, name: str, wanted: Mapping[str, str], at: int
) -> None:
    """
    Make the first account, *name*, where there is none, and give it the *wanted* keys.

    A key that the settings have replaced opens nothing any more. One that an operator has
    ended stays so, whatever the settings say.
    """

    async def work(unit: Unit) -> Reply:
        await unit.load(name)
        if not unit.state(name).id:
            unit.decide(name, account.Create(account_id=name, at=at))
        for digest in _replaced(unit.state(name), wanted):
            unit.decide(name, account.RevokeKey(account_id=name, at=at, digest=digest))
        for digest, key in wanted.items():
            unit.decide(name, _added(name, at, digest, key))
        return _NOTHING

    await path.carry_out(Caller(Owner(name, livemode=False), SYSTEM, at), work, raised)


def _replaced(first: Account, wanted: Collection[str]) -> list[str]:
    """Return the keys that came from the settings, and are no longer in them."""
    return [
        digest
        for digest, key in first.keys.items()
        if key.added.origin == "settings" and key.expires_at is None and digest not in wanted
    ]


def _keys(settings: Settings, keyring: Keyring) -> Sequence[str]:
    """Return the first account's keys: secret and publishable ones for test mode, for live."""
    first = keyring.first_account()
    named = (settings.secret_key, settings.publishable_key, None, None)
    kinds = product((False, True), ("sk", "pk"))
    return [
        name or keyring.api_key(first, kind, livemode=livemode)
        for name, (livemode, kind) in zip(named, kinds, strict=True)
    ]


def _added(name: str, at: int, digest: str, key: str) -> account.AddKey:
    return account.AddKey(
        account_id=name,
        at=at,
        digest=digest,
        kind="publishable" if key.startswith("pk_") else "secret",
        livemode="_live_" in key,
        masked=masked(key),
    )

"""What is asked of keys. Their texts are made here, given out once, and kept nowhere."""

from collections.abc import Mapping
from typing import Final, cast

from service import ids
from service.domain.account import Account, Key
from service.domain.commands import account as ac
from service.domain.permissions import LEVELS, RESOURCES
from service.keyring import digest_of_key, masked
from service.operating.books import Books, NotDone
from service.operating.protocol import (
    CreateKey,
    KeyRow,
    Keys,
    Kind,
    ListKeys,
    RevokeKey,
    RollKey,
)

EXPIRES_IN_MAX: Final = 30 * 24 * 3600
_NAME_LENGTH_MAX: Final = 200
_ID_LENGTH: Final = 16
_PREFIXES: Final = {"publishable": "pk", "restricted": "rk", "secret": "sk"}


async def create(books: Books, asked: CreateKey) -> Keys:
    _check(asked)
    account = await books.account(asked.account)
    text, add = _new_key(books, account, asked)
    account = await books.change(add)
    return Keys(keys=(_row(account, account.keys[add.digest], text),))


async def show(books: Books, asked: ListKeys) -> Keys:
    found = await books.all() if asked.account is None else [await books.account(asked.account)]
    return Keys(keys=tuple(_row(each, key) for each in found for key in each.keys.values()))


async def roll(books: Books, asked: RollKey) -> Keys:
    """Add a key like the old one, and let that expire, in one go."""
    if not 0 <= asked.expires_in <= EXPIRES_IN_MAX:
        raise NotDone(f"expires: expected at most {EXPIRES_IN_MAX // 86_400} days.")
    account, old = await _found(books, asked.key)
    like = CreateKey(
        kind=cast("Kind", old.added.kind),
        livemode=old.added.livemode,
        name=old.added.name,
        permissions=old.added.permissions,
    )
    text, add = _new_key(books, account, like)
    account = await books.change(add, _expiry(books, account, old, asked.expires_in))
    new, rolled = account.keys[add.digest], account.keys[old.added.digest]
    return Keys(keys=(_row(account, new, text), _row(account, rolled)))


async def revoke(books: Books, asked: RevokeKey) -> Keys:
    account, old = await _found(books, asked.key)
    account = await books.change(_expiry(books, account, old, 0))
    return Keys(keys=(_row(account, account.keys[old.added.digest]),))


def id_of(digest: str) -> str:
    """Return what operators call the key with *digest*."""
    return f"key_{digest[:_ID_LENGTH]}"


async def _found(books: Books, name: str) -> tuple[Account, Key]:
    """Return the key that is called *name*, or is *name*, and still works; and whose it is."""
    wanted = {name, id_of(digest_of_key(name))}
    for account in await books.all():
        for digest, key in account.keys.items():
            if id_of(digest) in wanted and not key.has_expired(books.at):
                return account, key
    shown = masked(name) if name.startswith(tuple(_PREFIXES.values())) else name
    raise NotDone(f"There is no key {shown!r} that still works.")


def _new_key(books: Books, account: Account, like: CreateKey) -> tuple[str, ac.AddKey]:
    text = ids.new_api_key(f"{_PREFIXES[like.kind]}_{'live' if like.livemode else 'test'}")
    return text, ac.AddKey(
        account_id=account.id,
        at=books.at,
        digest=digest_of_key(text),
        kind=like.kind,
        livemode=like.livemode,
        masked=masked(text),
        origin="operator",
        name=like.name,
        permissions=like.permissions,
    )


def _expiry(books: Books, account: Account, key: Key, seconds: int) -> ac.ExpireKey:
    at = books.at
    return ac.ExpireKey(
        account_id=account.id, at=at, digest=key.added.digest, expires_at=at + seconds
    )


def _row(account: Account, key: Key, text: str | None = None) -> KeyRow:
    added = key.added
    return KeyRow(
        id=id_of(added.digest),
        account=account.id,
        kind=added.kind,
        livemode=added.livemode,
        masked=added.masked,
        name=added.name,
        permissions=added.permissions,
        created=added.at,
        expires_at=key.expires_at,
        text=text,
    )


def _check(asked: CreateKey) -> None:
    if asked.permissions and asked.kind != "restricted":
        raise NotDone("permissions: only a restricted key has any.")
    if asked.name is not None and not (
        0 < len(asked.name) <= _NAME_LENGTH_MAX and asked.name.isprintable()
    ):
        raise NotDone(f"name: expected up to {_NAME_LENGTH_MAX} printable characters.")
    _check_permissions(asked.permissions)


def _check_permissions(permissions: Mapping[str, str]) -> None:
    for resource, level in permissions.items():
        if resource not in RESOURCES:
            raise NotDone(f"permissions: expected one of {', '.join(RESOURCES)}, not {resource}.")
        if level not in LEVELS:
            raise NotDone(f"permissions: expected {', '.join(LEVELS)} for {resource}, not {level}.")

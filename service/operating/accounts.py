"""What is asked of accounts."""

from collections.abc import Mapping
from typing import Any, Final

from service.domain.account import Account
from service.domain.commands import account as ac
from service.operating.books import Books, NotDone
from service.operating.countries import CURRENCY_OF
from service.operating.protocol import (
    AccountRow,
    Accounts,
    CreateAccount,
    ListAccounts,
    UpdateAccount,
)
from service.wire.bad_param import BadParam
from service.wire.versions import parse_version

_CHANGEABLE: Final = ("api_version", "country", "email", "name", "platform")
_LENGTH_MAX: Final = 200


async def create(books: Books, asked: CreateAccount) -> Accounts:
    given = {name: getattr(asked, name) for name in _CHANGEABLE}
    attributes = await _checked(books, given)
    name = books.new_id("acct", int(books.clock() * 1000))
    account = await books.change(ac.Create(account_id=name, at=books.at, **attributes))
    return Accounts(accounts=(row(books, account),))


async def update(books: Books, asked: UpdateAccount) -> Accounts:
    account = await books.account(asked.account)
    if strange := asked.changes.keys() - set(_CHANGEABLE):
        raise NotDone(f"An account has nothing called {min(strange)!r} to change.")
    changes = await _checked(books, asked.changes)
    account = await books.change(ac.Update(account_id=account.id, at=books.at, changes=changes))
    return Accounts(accounts=(row(books, account),))


async def show(books: Books, asked: ListAccounts) -> Accounts:
    found = await books.all() if asked.account is None else [await books.account(asked.account)]
    return Accounts(accounts=tuple(row(books, account) for account in found))


def row(books: Books, account: Account) -> AccountRow:
    """Return *account* as an operator is shown it."""
    application = books.keyring.application_id(account.id)
    return AccountRow(
        id=account.id, application=application, created=account.created, **account.attributes
    )


async def _checked(books: Books, given: Mapping[str, str | None]) -> dict[str, Any]:
    """Return *given* attributes, and what follows from them. Raise `NotDone` for a bad one."""
    for name, value in given.items():
        if value is not None and not (0 < len(value) <= _LENGTH_MAX and value.isprintable()):
            raise NotDone(f"{name}: expected up to {_LENGTH_MAX} printable characters.")
    _check_email(given.get("email"))
    _check_version(given.get("api_version"))
    if platform := given.get("platform"):
        await books.account(platform)
    if "country" not in given:
        return dict(given)
    currency = CURRENCY_OF.get(given["country"] or "")
    if currency is None:
        raise NotDone(f"country: expected one of {', '.join(sorted(CURRENCY_OF))}.")
    return {**given, "default_currency": currency}


def _check_email(email: str | None) -> None:
    if email is not None and not all(email.rpartition("@")):
        raise NotDone("email: expected an address, such as ops@shop.example.")


def _check_version(version: str | None) -> None:
    if version is None:
        return
    try:
        parse_version(version)
    except BadParam as reason:
        raise NotDone(f"api_version: {reason.message}.") from None

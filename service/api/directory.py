"""
Every account, and the keys that open each: as their streams have it, kept in memory.

Accounts are few beside what they own, and each call asks for one, so they are nowhere else.
"""

from collections.abc import Callable, Iterable

from projections import account as projection
from projections.view import View
from service.domain.account import Account, Key


class Directory:
    """The accounts by id. *application_of* names the application of a platform."""

    def __init__(self, application_of: Callable[[str], str]) -> None:
        self.application_of = application_of
        self._accounts: dict[str, Account] = {}
        self._account_of_digest: dict[str, str] = {}
        self._account_of_application: dict[str, str] = {}

    def know(self, accounts: Iterable[Account]) -> None:
        """Take in how *accounts* stand now."""
        for account in accounts:
            self._accounts[account.id] = account
            self._account_of_digest.update(dict.fromkeys(account.keys, account.id))
            self._account_of_application[self.application_of(account.id)] = account.id

    def get(self, name: str) -> Account | None:
        """Return the account *name*, if there is one."""
        return self._accounts.get(name)

    def opened_by(self, digest: str) -> tuple[Account, Key] | None:
        """Return the account that a key opens, or did before it expired."""
        account = self._accounts.get(self._account_of_digest.get(digest, ""))
        key = account.keys.get(digest) if account else None
        return (account, key) if account and key else None

    def view(self, name: str, reader: str) -> View | None:
        """
        Return the account, or the application of a platform, called *name* as it is shown.

        None where *reader*, an account, may not see it: another one is its platform's to see.
        """
        account = self._accounts.get(self.account_of(name))
        if account is None:
            return None
        if account.id != name:
            return projection.application(name, account)
        return projection.view(account) if reader in (name, account.platform) else None

    def account_of(self, name: str) -> str:
        """Return the account that is called *name*, or whose application is."""
        return self._account_of_application.get(name, name)

    def connected(self, platform: str) -> list[Account]:
        """Return the accounts that *platform* may act for, newest first."""
        found = [each for each in self._accounts.values() if each.platform == platform]
        return sorted(found, key=lambda each: (each.created, each.id), reverse=True)

    def is_connected(self, name: str, platform: str) -> bool:
        """Say whether *platform* may act for the account *name*."""
        account = self._accounts.get(name)
        return account is not None and account.platform == platform

"""The accounts as the log has them: never from memory, so that nothing is out of date."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from service.commands import accounts
from service.commands.path import CommandPath
from service.domain.account import Account, fold
from service.domain.commands.account import Command
from service.domain.values import Actor
from service.ids import IdMaker
from service.keyring import Keyring

OPERATOR: Final = Actor(key="operator")


class NotDone(Exception):
    """A request that leads nowhere. The message is one sentence for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What requests are carried out with. *known* is told how an account stands that changed."""

    path: CommandPath
    keyring: Keyring
    new_id: IdMaker
    clock: Callable[[], float]
    known: Callable[[Iterable[Account]], None]

    @property
    def at(self) -> int:
        return int(self.clock())

    async def all(self) -> list[Account]:
        """Return every account, the oldest first."""
        found = await accounts.accounts_in(self.path.store)
        return sorted(found, key=lambda account: (account.created, account.id))

    async def account(self, name: str | None) -> Account:
        """Return the account *name* (None: the first). Raise `NotDone` where there is none."""
        name = name or self.keyring.first_account()
        history = await self.path.store.load(name) if name.startswith("acct_") else []
        if not history:
            raise NotDone(f"There is no account {name!r}.")
        return fold(recorded.event for recorded in history)

    async def change(self, *commands: Command) -> Account:
        """Carry *commands* out together, on one account, and return it as it is then."""
        try:
            await accounts.change(self.path, commands, OPERATOR, self.at)
        finally:
            # Also after a failure: it may have been written all the same.
            account = await self.account(commands[0].account_id)
            self.known([account])
        return account

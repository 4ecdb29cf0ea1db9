"""An operator's desk over a real log, with the first account in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from service.commands import accounts
from service.commands.path import CommandPath
from service.domain.account import Account
from service.domain.commands.account import Create
from service.domain.values import SYSTEM
from service.ids import IdMaker
from service.keyring import Keyring
from service.operating.books import Books
from service.operating.desk import Desk
from service.operating.protocol import AccountRow, Accounts, KeyRow, Keys, Request, TurnedDown
from service.store.sqlite import open_log
from tests.authenticating import NoViews
from tests.logs import AT


class Office:
    """A desk, what it *told* a server, and a clock that a test may move."""

    def __init__(self, path: CommandPath) -> None:
        self.at = float(AT)
        self.told: list[Account] = []
        self.keyring = Keyring(b"m" * 32)
        self.path = path
        self.desk = Desk(
            Books(
                path=path,
                keyring=self.keyring,
                new_id=IdMaker(),
                clock=lambda: self.at,
                known=self.told.extend,
            )
        )

    @property
    def first(self) -> str:
        """The account that is there from the beginning."""
        return self.keyring.first_account()

    async def accounts(self, request: Request) -> tuple[AccountRow, ...]:
        answer = await self.desk.answer(request)
        assert isinstance(answer, Accounts), answer
        return answer.accounts

    async def keys(self, request: Request) -> tuple[KeyRow, ...]:
        answer = await self.desk.answer(request)
        assert isinstance(answer, Keys), answer
        return answer.keys

    async def refusal(self, request: Request) -> str:
        """Return why *request* was turned down; nothing was written."""
        head = await self.path.store.head()
        answer = await self.desk.answer(request)
        assert isinstance(answer, TurnedDown), answer
        assert await self.path.store.head() == head
        return answer.reason


@asynccontextmanager
async def office_in(directory: Path) -> AsyncIterator[Office]:
    """Open an office over a log of its own in *directory*."""
    log = open_log(directory)
    office = Office(CommandPath(log, NoViews(), 100))
    try:
        await accounts.change(office.path, [Create(account_id=office.first, at=AT)], SYSTEM, AT)
        yield office
    finally:
        await log.close()

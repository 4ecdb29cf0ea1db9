"""Where an operator's requests are carried out, one at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from service.commands.turns import LockTimeout
from service.domain.errors import Refused
from service.operating import accounts, keys
from service.operating.books import Books, NotDone
from service.operating.protocol import (
    Answer,
    CreateAccount,
    CreateKey,
    ListAccounts,
    ListKeys,
    Request,
    RevokeKey,
    RollKey,
    TurnedDown,
    UpdateAccount,
)
from service.store.protocol import StoreUnavailable

_CARRIED_OUT_BY: Final[Mapping[type[Request], Callable[[Books, Any], Awaitable[Answer]]]] = {
    CreateAccount: accounts.create,
    UpdateAccount: accounts.update,
    ListAccounts: accounts.show,
    CreateKey: keys.create,
    ListKeys: keys.show,
    RollKey: keys.roll,
    RevokeKey: keys.revoke,
}


class Desk:
    """Carries requests out on *books*."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._one = asyncio.Lock()

    async def answer(self, asked: Request) -> Answer:
        """Do what was *asked*, and return what came of it, or why nothing did."""
        async with self._one:
            try:
                return await _CARRIED_OUT_BY[type(asked)](self._books, asked)
            except (NotDone, Refused) as reason:
                return TurnedDown(reason=str(reason))
            except (LockTimeout, StoreUnavailable):
                return TurnedDown(reason="The log does not answer. Try again in a moment.")

"""Connections to the ledger: each is used by one thread, and waits for no other."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from service.webhooks.ledger.protocol import LedgerUnavailable
from service.webhooks.ledger.statements import NAMED

R = TypeVar("R")


class Hand:
    """A *connection*, and the thread called *name* that does one thing after another with it."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"ledger-{name}")

    async def do(self, what: Callable[[sqlite3.Connection], R]) -> R:
        """Return what *what* comes to. Raise `LedgerUnavailable`."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._thread, what, self._connection)
        except sqlite3.Error as error:
            raise LedgerUnavailable(f"The deliveries ledger does not answer: {error}.") from error

    async def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Return what a named *query* finds."""
        return await self.do(
            lambda connection: connection.execute(NAMED[query], parameters).fetchall()
        )

    async def close(self) -> None:
        """Finish what was asked for, then let go of the connection."""
        await self.do(sqlite3.Connection.close)
        self._thread.shutdown()

"""
Turns of those who have lost a race for the same stream.

Most commands meet nobody and wait for nobody: they decide, and the log says who came first.
But of many that write to one stream at once only one comes first, and if all the others ran
again together only one of those would. So they run again one after the other.

A command has one turn at a time, so that no two wait for each other.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from weakref import WeakValueDictionary

WAIT_MAX_S: Final = 5.0


class LockTimeout(Exception):
    """The same object was written by others again and again. The caller may try again."""


class Turns:
    """The queues of all streams that somebody waits for."""

    def __init__(self) -> None:
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def on(self, stream: str) -> AsyncIterator[None]:
        """Have the turn on *stream* while the block runs. Raise `LockTimeout` if it is long."""
        queue = self._queues.setdefault(stream, asyncio.Lock())
        try:
            async with asyncio.timeout(WAIT_MAX_S):
                await queue.acquire()
        except TimeoutError:
            raise LockTimeout from None
        try:
            yield
        finally:
            queue.release()

"""
Many askers, one question: what is asked while an answer is awaited goes out as one batch.

A command to Redis costs its caller about 100 µs whatever it carries, so concurrent requests
share commands. Nobody waits for a batch to fill: an ask that finds no batch in flight goes
out at the next turn of the loop.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Ask = TypeVar("Ask")
Reply = TypeVar("Reply")


class Batches(Generic[Ask, Reply]):
    """
    Gathers asks into batches of at most *limit*, of which one is in flight at a time.

    *send* answers a batch with one reply for each ask, in their order.
    """

    def __init__(self, send: Callable[[list[Ask]], Awaitable[list[Reply]]], limit: int) -> None:
        self._send = send
        self._limit = limit
        self._collecting: list[Ask] = []
        self._last: asyncio.Task[list[Reply]] | None = None

    async def ask(self, ask: Ask) -> Reply:
        """Return the reply to *ask*. An asker that gives up does not disturb the others."""
        if self._last is None or not 0 < len(self._collecting) < self._limit:
            self._collecting = []
            self._last = asyncio.create_task(self._deliver(self._collecting, self._last))
        place, batch = len(self._collecting), self._last
        self._collecting.append(ask)
        return (await asyncio.shield(batch))[place]

    async def _deliver(
        self, asks: list[Ask], before: asyncio.Task[list[Reply]] | None
    ) -> list[Reply]:
        if before is not None and not before.done():
            await asyncio.wait([before])
        if self._collecting is asks:
            self._collecting = []
        return await self._send(asks)

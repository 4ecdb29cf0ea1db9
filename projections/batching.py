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


async def while_growing(waiting: Callable[[], int], limit: int) -> None:
    """Let the loop come round as long as that brings more than are *waiting*, up to *limit*."""
    known = 0
    while known < (now := waiting()) < limit:
        known = now
        await asyncio.sleep(0)


class Batches(Generic[Ask, Reply]):
    """
    Gathers asks into batches of at most *limit*, of which one is in flight at a time.

    *send* answers a batch with one reply for each ask, in their order.
    """

    def __init__(self, send: Callable[[list[Ask]], Awaitable[list[Reply]]], limit: int) -> None:
        self._send = send
        self._limit = limit
        self._waiting: list[tuple[Ask, asyncio.Future[Reply]]] = []
        self._sending: asyncio.Task[None] | None = None

    def ask(self, ask: Ask) -> asyncio.Future[Reply]:
        """Return what will be the reply to *ask*. Whoever gives up does not disturb others."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Reply] = loop.create_future()
        self._waiting.append((ask, future))
        if self._sending is None:
            self._sending = loop.create_task(self._send_all())
        return future

    async def _send_all(self) -> None:
        while self._waiting:
            await while_growing(lambda: len(self._waiting), self._limit)
            batch = self._waiting[: self._limit]
            del self._waiting[: self._limit]
            try:
                replies = await self._send([ask for ask, _ in batch])
            except Exception as reason:  # noqa: BLE001 - whoever asked must hear of it
                for _, future in batch:
                    if not future.done():
                        future.set_exception(reason)
                continue
            for (_, future), reply in zip(batch, replies, strict=True):
                if not future.done():
                    future.set_result(reply)
        self._sending = None

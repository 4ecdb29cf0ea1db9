"""What runs beside the dispatcher's loop, and how it comes to its end."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Tasks:
    """Tasks that nobody waits for until the end."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(coroutine)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def finish(self, grace_s: float) -> None:
        """Wait for what is running, for *grace_s* at most, and then end it."""
        if self._running:
            await asyncio.wait(self._running, timeout=grace_s)
        self.abandon()
        await asyncio.gather(*self._running, return_exceptions=True)

    def abandon(self) -> None:
        for task in self._running:
            task.cancel()

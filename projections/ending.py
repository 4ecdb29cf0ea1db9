"""Ends a task for sure."""

import asyncio
from typing import Any, Final

_AGAIN_S: Final = 0.1


async def end(task: asyncio.Task[Any] | None) -> None:
    """
    Cancel *task* until it has ended.

    Once may not be enough: on Python 3.11 `asyncio.wait_for`, with which redis-py sends, loses
    a cancellation that arrives together with its result.
    """
    while task is not None and not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=_AGAIN_S)

"""Waiting for a condition, with a deadline, in the place of sleeping."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

_BETWEEN_S = 0.01


async def eventually(
    condition: Callable[[], Any] | Callable[[], Awaitable[Any]], within: float = 5.0
) -> None:
    """Return as soon as *condition* holds. Raise `TimeoutError` after *within* seconds."""
    async with asyncio.timeout(within):
        while True:
            held = condition()
            if inspect.isawaitable(held):
                held = await held
            if held:
                return
            await asyncio.sleep(_BETWEEN_S)

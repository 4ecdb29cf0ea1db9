"""Waiting between attempts: longer each time, up to a bound, and never in step with others."""

import asyncio
import random
from typing import Final

FIRST_S: Final = 0.02
LONGEST_S: Final = 2.0


class Backoff:
    """Waits *first_s*, then twice as long each time up to *longest_s*, give or take a half."""

    def __init__(self, first_s: float = FIRST_S, longest_s: float = LONGEST_S) -> None:
        self._first_s = first_s
        self._longest_s = longest_s
        self._next_s = first_s

    def reset(self) -> None:
        """Begin again with the shortest wait."""
        self._next_s = self._first_s

    async def wait(self) -> None:
        """Wait for what is due."""
        due_s, self._next_s = self._next_s, min(self._next_s * 2, self._longest_s)
        await asyncio.sleep(due_s * random.uniform(0.5, 1.5))  # noqa: S311 - jitter guards no secret

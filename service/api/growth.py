"""
Waiting for the log to grow, for whoever follows it while it does.

The log says so after each commit, on the event loop, and whoever waits is woken. It also ends
with the server: those who follow are told at once, so that none of them holds it up.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from service import config
from service.api.problems import AGAIN, Problem


class Growth:
    """What followers wait for. There is one for all of them."""

    def __init__(self) -> None:
        self._grown = asyncio.Event()
        self._followers = 0
        self.ended = False

    def grew(self, _position: int = 0) -> None:
        """Say that the log has grown. May be called for each commit."""
        if self._followers:
            self._grown.set()
            self._grown = asyncio.Event()

    async def end(self, _app: Any = None) -> None:
        """Say that the server is about to end."""
        self.ended = True
        self.grew()

    def mark(self) -> asyncio.Event:
        """Return what `wait` waits for: growth from now on. Take it before looking at the log."""
        return self._grown

    async def wait(self, mark: asyncio.Event, within_s: float) -> bool:
        """Say that the log has grown since *mark* was taken; or not, *within_s* seconds later."""
        try:
            async with asyncio.timeout(within_s):
                return await mark.wait()
        except TimeoutError:
            return False

    def admit(self) -> None:
        """Raise `Problem` where as many follow already as may."""
        if self._followers >= config.STREAMS_MAX:
            raise Problem(
                429,
                f"There are {config.STREAMS_MAX} streams open already. Try again later.",
                "rate_limit",
                headers=AGAIN,
            )

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Count one more follower while the block runs."""
        self._followers += 1
        try:
            yield
        finally:
            self._followers -= 1

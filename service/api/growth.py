"""
Waiting for the log to grow, for whoever follows it while it does; and what is streamed of it.

The log says so after each commit, on the event loop, and whoever waits is woken. With the server
all streams end: they are told at once, and those whose readers do not take their end are cut
off, so that none of them holds it up.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from service import config
from service.api.problems import AGAIN, Problem

Abort: TypeAlias = Callable[[], object]


class Growth:
    """What followers wait for. There is one for all of them."""

    def __init__(self) -> None:
        self._commits = 0
        self._waiting = 0
        self._woken = asyncio.Event()
        self._streams: dict[object, Abort] = {}
        self._left = asyncio.Event()
        self.ended = False

    def grew(self, _position: int = 0) -> None:
        """Say that the log has grown. May be called for each commit."""
        self._commits += 1
        if self._waiting:
            self._woken.set()
            self._woken = asyncio.Event()

    def mark(self) -> int:
        """Return what `wait` waits for: growth from now on. Take it before looking at the log."""
        return self._commits

    async def wait(self, mark: int, within_s: float) -> bool:
        """Say that the log has grown since *mark* was taken; or not, *within_s* seconds later."""
        if mark != self._commits:
            return True
        self._waiting += 1
        try:
            async with asyncio.timeout(within_s):
                return await self._woken.wait()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1

    def admit(self) -> None:
        """Raise `Problem` where as many streams are open already as may be."""
        if len(self._streams) >= config.STREAMS_MAX:
            raise Problem(
                429,
                f"There are {config.STREAMS_MAX} streams open already. Try again later.",
                "rate_limit",
                headers=AGAIN,
            )

    @contextmanager
    def streamed(self, abort: Abort) -> Iterator[None]:
        """Count one more stream while the block runs. *abort* cuts it off from its reader."""
        name = object()
        self._streams[name] = abort
        try:
            yield
        finally:
            del self._streams[name]
            self._left.set()

    async def end(self, _app: Any = None) -> None:
        """End what is streamed, before the server does."""
        self.ended = True
        self.grew()
        try:
            async with asyncio.timeout(config.STREAMS_END_S):
                while self._streams:
                    self._left.clear()
                    await self._left.wait()
        except TimeoutError:
            for abort in list(self._streams.values()):
                abort()

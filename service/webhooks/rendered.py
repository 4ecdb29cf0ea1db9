"""
Bodies that were rendered again, once for all the endpoints that are sent the same.

What is read from the ledger has no body with it, and the endpoints that hear of an event come
to it at about the same time. They share one rendering, whether it is done or under way. What is
kept tells of people: whoever forgets one lets go of all of it.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final, Generic, TypeVar

Name = TypeVar("Name")

_KEPT_MAX: Final = 4096
_BYTES_MAX: Final = 16 * 1024 * 1024


class Rendered(Generic[Name]):
    """Keeps at most *kept_max* bodies, of *bytes_max* together, the newest."""

    def __init__(self, kept_max: int = _KEPT_MAX, bytes_max: int = _BYTES_MAX) -> None:
        self._kept_max = kept_max
        self._bytes_max = bytes_max
        self._bytes = 0
        self._bodies: dict[Name, bytes] = {}
        self._under_way: dict[Name, asyncio.Task[bytes | None]] = {}

    def __len__(self) -> int:
        return len(self._bodies)

    async def get(
        self, name: Name, render: Callable[[], Coroutine[Any, Any, bytes | None]]
    ) -> bytes | None:
        """
        Return the body called *name*: what *render* makes of it, unless it is kept.

        Whoever gives up waiting does not disturb others. A rendering that fails, or that finds
        no body, fails for those who wait for it, and is not kept.
        """
        body = self._bodies.get(name)
        if body is not None:
            return body
        task = self._under_way.get(name)
        if task is None:
            task = self._under_way[name] = asyncio.create_task(render())
            task.add_done_callback(lambda done: self._take_in(name, done))
        return await asyncio.shield(task)

    def clear(self) -> None:
        """Let go of everything, also of what is being rendered now."""
        self._bodies.clear()
        self._under_way.clear()
        self._bytes = 0

    def _take_in(self, name: Name, done: asyncio.Task[bytes | None]) -> None:
        if self._under_way.get(name) is not done:
            return
        del self._under_way[name]
        if done.cancelled() or done.exception() is not None:
            return
        body = done.result()
        if body is None:
            return
        self._bodies[name] = body
        self._bytes += len(body)
        while len(self._bodies) > self._kept_max or self._bytes > self._bytes_max:
            self._bytes -= len(self._bodies.pop(next(iter(self._bodies))))

"""
Bodies that were rendered again, once for all the endpoints that are sent the same.

What is read from the ledger has no body with it, and the endpoints that hear of an event come
to it at about the same time. They share one rendering, whether it is done or under way. What is
kept tells of people: whoever forgets one lets go of all of it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
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
        self._tasks: dict[Name, asyncio.Task[bytes | None]] = {}

    def __len__(self) -> int:
        return len(self._tasks)

    def get(
        self, name: Name, render: Callable[[], Coroutine[Any, Any, bytes | None]]
    ) -> Awaitable[bytes | None]:
        """
        Return the body called *name*: what *render* makes of it, unless it is kept.

        Whoever gives up waiting does not disturb others. A rendering that fails, or that finds
        no body, fails for those who wait for it, and is not kept.
        """
        task = self._tasks.get(name)
        if task is None:
            task = self._tasks[name] = asyncio.create_task(render())
            task.add_done_callback(lambda _: self._take_in(name, task))
        return asyncio.shield(task)

    def clear(self) -> None:
        """Let go of everything, also of what is being rendered now."""
        self._tasks.clear()
        self._bytes = 0

    def _take_in(self, name: Name, task: asyncio.Task[bytes | None]) -> None:
        if self._tasks.get(name) is not task:
            return
        body = _body_of(task)
        if body is None:
            del self._tasks[name]
            return
        self._bytes += len(body)
        while len(self._tasks) > self._kept_max or self._bytes > self._bytes_max:
            oldest = next(iter(self._tasks))
            self._bytes -= len(_body_of(self._tasks.pop(oldest)) or b"")


def _body_of(task: asyncio.Task[bytes | None]) -> bytes | None:
    """Return what *task* has come to, if it has come to anything."""
    if not task.done() or task.cancelled() or task.exception() is not None:
        return None
    return task.result()

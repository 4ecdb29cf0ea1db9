"""
The event loop as a connection sees it: what it is asked is handled in the connection's own task.

aiohttp gives every request a task of its own, so that what a handler sets in its context does
not outlive it. Ours set nothing there. From Python 3.12 on such a task is begun at once; before
that it waits for the loop to come round, by when all that it works with has left the processor's
caches: measured, that is a sixth of a retrieve and a tenth of a create.
"""

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any, Final, cast

from aiohttp import web

_TASKS_BEGIN_AT_ONCE: Final = sys.version_info >= (3, 12)
_OF_REQUESTS: Final = web.RequestHandler._handle_request.__code__  # noqa: SLF001 - all else gets a task


def loop_of_connection() -> asyncio.AbstractEventLoop:
    """Return the running loop, for one connection."""
    loop = asyncio.get_running_loop()
    return loop if _TASKS_BEGIN_AT_ONCE else cast("asyncio.AbstractEventLoop", OneTask(loop))


class OneTask:
    """*loop*, but for the tasks of requests, which are awaited where they are made."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        # What is asked for every request is found at once.
        self.call_at = loop.call_at
        self.create_future = loop.create_future
        self.time = loop.time

    def create_task(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """Return *coroutine* itself if it handles a request, else a task of it."""
        if getattr(coroutine, "cr_code", None) is _OF_REQUESTS:
            return coroutine
        return self._loop.create_task(coroutine)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loop, name)

"""A rebuild beside a running service, in a thread that ends when its caller does."""

import asyncio
import threading
from collections.abc import Awaitable, Callable

import structlog

from projections.rebuild import Source, rebuild

log = structlog.get_logger()


Build = Callable[[Callable[[int], None]], Awaitable[None]]
"""Makes a whole generation and its marker. Tells from time to time which position is done."""


def builder(url: str, source: Source, clock: Callable[[], float]) -> Build:
    """Return what builds every view of *source* in the Redis at *url* when it is called."""

    async def build(reached: Callable[[int], None]) -> None:
        loop, stop = asyncio.get_running_loop(), threading.Event()

        def progress(done: int, _of: int) -> None:
            loop.call_soon_threadsafe(reached, done)

        try:
            built = await asyncio.to_thread(
                rebuild, url, source, at=int(clock()), progress=progress, stopped=stop.is_set
            )
        finally:
            stop.set()
        log.info(
            "views.rebuilt",
            generation=built.marker.generation,
            events=built.events,
            documents=built.documents,
        )

    return build

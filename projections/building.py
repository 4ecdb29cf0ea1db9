"""A rebuild beside a running service, in a thread that ends when its caller does."""

import asyncio
import threading
from collections.abc import Awaitable, Callable

import structlog

from projections.rebuild import Source, rebuild

log = structlog.get_logger()


def builder(url: str, source: Source, clock: Callable[[], float]) -> Callable[[], Awaitable[None]]:
    """Return what builds every view of *source* in the Redis at *url* when it is called."""

    async def build() -> None:
        stop = threading.Event()
        try:
            built = await asyncio.to_thread(
                rebuild, url, source, at=int(clock()), stopped=stop.is_set
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

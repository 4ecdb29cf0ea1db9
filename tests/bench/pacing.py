"""Requests at a steady pace, whatever becomes of those before them."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator

from tests.bench.load import Load, drive


async def sent_at_a_pace(
    port: int, requests: Iterator[bytes], per_s: float
) -> AsyncIterator[bytes]:
    """Send each of *requests* to *port* when its time has come, and give it right before."""
    began = time.perf_counter()
    under_way: set[asyncio.Task[Load]] = set()
    for number, request in enumerate(requests):
        await asyncio.sleep(max(0.0, began + number / per_s - time.perf_counter()))
        yield request
        one = drive(port, iter([request]), connections=1, seconds=60)
        under_way.add(asyncio.create_task(one))
    await asyncio.gather(*under_way)

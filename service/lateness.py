"""How long what is ready has to wait for the loop: whatever holds it up shows here."""

import asyncio
from collections.abc import AsyncIterator


async def lateness(beat_s: float) -> AsyncIterator[float]:
    """Give, beat by beat, by how many seconds the loop was late for it; for ever."""
    loop = asyncio.get_running_loop()
    while True:
        wanted = loop.time() + beat_s
        await asyncio.sleep(beat_s)
        yield max(loop.time() - wanted, 0.0)

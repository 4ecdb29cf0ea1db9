"""How long what is ready has to wait for the loop: whatever holds it up shows here."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from service.metrics import LOOP_LAG
from service.runtime.alongside import alongside

_BEAT_S: Final = 0.25


@contextmanager
def measured_loop() -> Iterator[None]:
    """Measure the loop's lag while the block runs."""
    with alongside(_measure()):
        yield


async def _measure() -> None:
    loop = asyncio.get_running_loop()
    while True:
        wanted = loop.time() + _BEAT_S
        await asyncio.sleep(_BEAT_S)
        LOOP_LAG.observe(max(loop.time() - wanted, 0.0))

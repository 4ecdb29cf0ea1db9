"""The loop's lag, as `/metrics` tells of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from service.lateness import lateness
from service.metrics import LOOP_LAG
from service.runtime.alongside import alongside

_BEAT_S: Final = 0.25


@contextmanager
def measured_loop() -> Iterator[None]:
    """Measure the loop's lag while the block runs."""
    with alongside(_measure()):
        yield


async def _measure() -> None:
    async for late_s in lateness(_BEAT_S):
        LOOP_LAG.observe(late_s)

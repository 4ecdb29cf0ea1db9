"""
Histories folded where nobody waits for it.

A fold begins at the first event. That of an object with ten thousand takes a tenth of a second,
in which a thread lets others have their turn; the few events that most have are not worth one.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

Happened = TypeVar("Happened")
T = TypeVar("T")

_FEW: Final = 200


async def folded(fold: Callable[[Sequence[Happened]], T], history: Sequence[Happened]) -> T:
    """Return what *fold* makes of *history*."""
    return fold(history) if len(history) <= _FEW else await asyncio.to_thread(fold, history)

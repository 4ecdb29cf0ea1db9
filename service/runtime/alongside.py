"""Work that goes on for as long as a block does."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def alongside(work: Coroutine[Any, Any, None]) -> Iterator[None]:
    """Do *work*, which comes to no end by itself, until the block is left."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()

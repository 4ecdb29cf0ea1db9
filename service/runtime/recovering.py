"""Whether a log that refuses writes takes them again: found out also where nobody else writes."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from service.runtime.alongside import alongside
from service.store.sqlite import SqliteLog

_TRIED_AFTER_S: Final = 2.0


@contextmanager
def recovering(log: SqliteLog) -> Iterator[None]:
    """Try to write to *log* from time to time where it refuses that, while the block runs."""
    with alongside(_recover(log)):
        yield


async def _recover(log: SqliteLog) -> None:
    while True:
        await asyncio.sleep(_TRIED_AFTER_S)
        if log.refused is not None:
            await log.try_to_write()

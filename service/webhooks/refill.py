"""Reads open deliveries from the ledger whenever the agenda has room for them."""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog

from service.webhooks.agenda import Agenda
from service.webhooks.ledger.protocol import Ledger, LedgerUnavailable
from service.webhooks.ledger.values import DuePlace

_LOOK_AGAIN_S: Final = 1.0

log = structlog.get_logger()


class Refill:
    """Fills *agenda* from *ledger*, one reading at a time, and calls *filled* after each."""

    def __init__(self, ledger: Ledger, agenda: Agenda, filled: Callable[[], None]) -> None:
        self._ledger = ledger
        self._agenda = agenda
        self._filled = filled
        self._reading: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start reading, if more is wanted and no reading is under way."""
        wanted = self._agenda.wants
        if wanted is not None and (self._reading is None or self._reading.done()):
            self._agenda.begin_reading()
            self._reading = asyncio.create_task(self._read(*wanted))

    async def stop(self) -> None:
        """Give up the reading under way."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.wait({self._reading})

    async def _read(self, start: DuePlace, limit: int) -> None:
        rows = None
        try:
            rows = await self._ledger.due(start, limit)
        except LedgerUnavailable as reason:
            log.warning("deliveries.not_read", reason=str(reason))
            await asyncio.sleep(_LOOK_AGAIN_S)
        finally:
            self._agenda.end_reading(rows, limit)
            self._filled()

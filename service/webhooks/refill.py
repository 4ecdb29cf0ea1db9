"""Reads open deliveries from the ledger, for the lanes that have room for them."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

import structlog

from service.webhooks.clocks import Now
from service.webhooks.lane import Lane
from service.webhooks.lanes import Lanes
from service.webhooks.ledger.protocol import Ledger, LedgerUnavailable
from service.webhooks.ledger.values import Due, Stretch

_LOOK_AGAIN_S: Final = 1.0
# As much as is read in one go: what is read has to be taken in without a pause.
_ROWS_MAX: Final = 1000
_LANES_MAX: Final = 100

log = structlog.get_logger()


class Refill:
    """
    Fills *lanes* from *ledger*, one reading at a time, and calls *filled* after each.

    *unread* is why the last reading came to nothing; None where it did not.
    """

    def __init__(
        self, ledger: Ledger, lanes: Lanes, now: Callable[[], Now], filled: Callable[[], None]
    ) -> None:
        self._ledger = ledger
        self._lanes = lanes
        self._now = now
        self._filled = filled
        self._reading: asyncio.Task[None] | None = None
        self.unread: str | None = None

    def start(self) -> None:
        """Start reading, if more is wanted and no reading is under way."""
        if self._lanes.hungry and (self._reading is None or self._reading.done()):
            wanted = self._wanted()
            if wanted:
                self._reading = asyncio.create_task(self._read(wanted))

    async def stop(self) -> None:
        """Give up the reading under way."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.wait({self._reading})

    def _wanted(self) -> dict[Lane, Stretch]:
        """Return what to read for whom, of those who have waited longest for it."""
        wanted: dict[Lane, Stretch] = {}
        rows = 0
        while self._lanes.hungry and rows < _ROWS_MAX and len(wanted) < _LANES_MAX:
            lane = next(iter(self._lanes.hungry))
            del self._lanes.hungry[lane]
            wants = lane.agenda.wants(lane.reads)
            if wants is not None:
                lane.agenda.begin_reading()
                wanted[lane] = Stretch(lane.endpoint_id, *wants, lane.replay)
                rows += wants[1]
        return wanted

    async def _read(self, wanted: dict[Lane, Stretch]) -> None:
        found: Sequence[list[Due] | None] = [None] * len(wanted)
        try:
            found = await self._ledger.due(list(wanted.values()))
            self.unread = None
        except LedgerUnavailable as reason:
            self.unread = str(reason)
            log.warning("deliveries.not_read", reason=self.unread)
            await asyncio.sleep(_LOOK_AGAIN_S)
        finally:
            for (lane, stretch), rows in zip(wanted.items(), found, strict=True):
                lane.agenda.end_reading(rows, stretch.limit)
                self._lanes.touch(lane, self._now())
            self._filled()

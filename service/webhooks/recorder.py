"""
Outcomes on their way into the ledger, many in one transaction.

While the ledger does not answer, outcomes are held and written again; the dispatcher sees
that they are *stuck* and starts nothing new, so no attempt is spent that could not be kept.
It waits for a ledger that answers slowly, too: what is not written down is sent again after a
kill, and that must not be any number.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

import structlog

from service import config
from service.logs import Happening
from service.metrics import ATTEMPTS, FLUSH_SECONDS, LEDGER_STUCK, OUTCOMES_WAITING
from service.webhooks.ledger.protocol import Ledger, LedgerUnavailable
from service.webhooks.outcome import Kind
from service.webhooks.settlement import Settled

_BACKOFF_S: Final = (0.05, 0.2, 1.0, 2.0)
# Looked up once: finding a labelled counter costs more than counting.
_COUNTED: Final = {kind: ATTEMPTS.labels(kind) for kind in Kind}

_attempted: Final = Happening("delivery.attempted")

log = structlog.get_logger()


class Recorder:
    """Writes to *ledger* and then tells *committed*, batch by batch."""

    def __init__(self, ledger: Ledger, committed: Callable[[Sequence[Settled]], None]) -> None:
        self._ledger = ledger
        self._committed = committed
        self._waiting: list[Settled] = []
        self._some = asyncio.Event()
        self._enough = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()
        self._is_awaited = False
        self.stuck: str | None = None

    @property
    def is_behind(self) -> bool:
        """Whether no more attempts should be made until outcomes are written down."""
        return self.stuck is not None or len(self._waiting) >= config.OUTCOMES_WAITING_MAX

    def add(self, settled: Settled, *, awaited: bool = False) -> None:
        """Take an outcome, to be written within moments; at once where something waits for it."""
        self._waiting.append(settled)
        self._empty.clear()
        self._some.set()
        self._is_awaited |= awaited
        if awaited or len(self._waiting) >= config.OUTCOMES_BATCH_MAX:
            self._enough.set()

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            await self._some.wait()
            with suppress(TimeoutError):
                async with asyncio.timeout(config.OUTCOMES_WAIT_S):
                    await self._enough.wait()
            await self._write_some()

    async def drained(self) -> None:
        """Return when everything taken so far is in the ledger."""
        await self._empty.wait()

    async def _write_some(self) -> None:
        batch = self._waiting[: config.OUTCOMES_BATCH_MAX]
        self._is_awaited = len(batch) < len(self._waiting) and self._is_awaited
        _tell(batch)
        await self._write(batch)
        del self._waiting[: len(batch)]
        OUTCOMES_WAITING.set(len(self._waiting))
        if len(self._waiting) < config.OUTCOMES_BATCH_MAX and not self._is_awaited:
            self._enough.clear()
        if not self._waiting:
            self._some.clear()
            self._empty.set()
        self._committed(batch)

    async def _write(self, batch: Sequence[Settled]) -> None:
        failures = 0
        while True:
            try:
                with FLUSH_SECONDS.time():
                    await self._ledger.record([settled.row for settled in batch])
            except LedgerUnavailable as reason:
                self.stuck = str(reason)
                LEDGER_STUCK.set(1)
                log.warning("outcomes.held", count=len(self._waiting), reason=str(reason))
                await asyncio.sleep(_BACKOFF_S[min(failures, len(_BACKOFF_S) - 1)])
                failures += 1
            else:
                self.stuck = None
                LEDGER_STUCK.set(0)
                return


def _tell(batch: Sequence[Settled]) -> None:
    """Count the attempts, and write a line of each: all at once, which costs half of each alone."""
    for kind, number in Counter(settled.row.attempt.kind for settled in batch).items():
        _COUNTED[kind].inc(number)
    for settled in batch:
        attempt = settled.row.attempt
        _attempted(
            (attempt.started_at + attempt.took_ms) / 1000,
            event_id=attempt.event_id,
            endpoint_id=attempt.endpoint_id,
            attempt=attempt.number,
            kind=attempt.kind,
            status=attempt.status,
            took_ms=round(attempt.took_ms, 1),
            state=settled.row.state,
        )

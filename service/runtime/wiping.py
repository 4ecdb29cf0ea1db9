"""
Leaves nothing of what was forgotten in any copy of it that Seti has.

The keys are destroyed by then. What is left are copies in the clear: answers kept under
Idempotency-Keys, what receivers said back, views in the embedded Redis' snapshot, and older
pages in the write-ahead logs of both databases. The snapshot of an operator's own Redis is
the operator's.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from projections.model import ReadModel
from projections.snapshot import SnapshotFailed, take_snapshot
from service.store.protocol import StoreUnavailable
from service.store.sqlite import SqliteLog
from service.webhooks.ledger import LedgerUnavailable, SqliteLedger

_TRIES: Final = 20
_BETWEEN_TRIES_S: Final = 0.1
_VIEWS_WITHIN_S: Final = 10.0


class Wiping:
    """Wipes what was forgotten out of *log*, *ledger* and *model*, whose Redis is *embedded*."""

    def __init__(
        self, log: SqliteLog, ledger: SqliteLedger, model: ReadModel, *, embedded: bool
    ) -> None:
        self._log = log
        self._ledger = ledger
        self._model = model
        self._embedded = embedded

    async def __call__(self, versions: Mapping[str, int]) -> None:
        """Wipe out the streams in *versions*, which are so long: see `House.wipe`."""
        try:
            await self._log.wipe_answers(versions)
            await self._ledger.wipe_excerpts(versions)
            await self._views()
            await _insist(self._log.scrub)
            await _insist(self._ledger.scrub)
        except (LedgerUnavailable, SnapshotFailed, TimeoutError) as reason:
            raise StoreUnavailable(f"Not all copies are wiped out: {reason}") from reason

    async def _views(self) -> None:
        """See to it that the views are as the log has them, in memory and on the disk."""
        async with asyncio.timeout(_VIEWS_WITHIN_S):
            await self._model.trust.believed.wait()
        if self._embedded:
            await take_snapshot(self._model.client)


async def _insist(scrub: Callable[[], Awaitable[bool]]) -> None:
    """Try until nobody reads where it is scrubbed."""
    for _ in range(_TRIES):
        if await scrub():
            return
        await asyncio.sleep(_BETWEEN_TRIES_S)
    raise StoreUnavailable("Somebody reads the log all the time, and holds older pages of it.")

"""
Leaves nothing of what was forgotten in any copy of it that Seti has.

The keys are destroyed by then. What is left are copies in the clear: answers kept under
Idempotency-Keys, what receivers said back, views in the embedded Redis' snapshot and in other
generations, and older pages in the write-ahead logs of both databases. A generation that is
being built may hold what was read before, for ever if its rebuild was interrupted: it is
deleted, and built from the beginning. The snapshot of an operator's own Redis is the
operator's.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from projections.connection import UNREACHABLE
from projections.model import ReadModel
from projections.snapshot import SnapshotFailed, remove_leftovers, take_snapshot
from service.store.protocol import StoreUnavailable
from service.store.sqlite import SqliteLog
from service.webhooks.ledger import LedgerUnavailable, SqliteLedger

_TRIES: Final = 20
_BETWEEN_TRIES_S: Final = 0.1
_VIEWS_WITHIN_S: Final = 10.0


class Wiping:
    """
    Wipes what was forgotten out of *log*, *ledger* and *model*.

    *embedded* is the directory of its Redis, None where that is the operator's.
    """

    def __init__(
        self, log: SqliteLog, ledger: SqliteLedger, model: ReadModel, *, embedded: Path | None
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
        except (LedgerUnavailable, SnapshotFailed, *UNREACHABLE) as reason:
            raise StoreUnavailable(f"Not all copies are wiped out: {reason}") from reason

    async def _views(self) -> None:
        """See to it that the views are as the log has them, in memory and on the disk."""
        try:
            async with asyncio.timeout(_VIEWS_WITHIN_S):
                current = await self._up_to_date()
        except TimeoutError:
            raise SnapshotFailed("The views are not whole yet.") from None
        await self._model.generations.forget_others(current)
        if self._embedded is not None:
            remove_leftovers(self._embedded)
            await take_snapshot(self._model.client)

    async def _up_to_date(self) -> int:
        """Return the current generation once this process serves it, and so has it whole."""
        trust = self._model.trust
        while True:
            await trust.believed.wait()
            marker = await self._model.generations.marker()
            if trust.trusted and marker is not None and marker.generation == trust.serving:
                return marker.generation
            await asyncio.sleep(_BETWEEN_TRIES_S)


async def _insist(scrub: Callable[[], Awaitable[bool]]) -> None:
    """Try until nobody reads where it is scrubbed."""
    for _ in range(_TRIES):
        if await scrub():
            return
        await asyncio.sleep(_BETWEEN_TRIES_S)
    raise StoreUnavailable("Somebody reads the log all the time, and holds older pages of it.")

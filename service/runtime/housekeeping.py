"""What is thrown away when its time has come: answers after a day, attempts after weeks."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import structlog

from service import config
from service.runtime.alongside import alongside
from service.store.protocol import ANSWERS_KEPT_S, StoreUnavailable
from service.store.sqlite import SqliteLog
from service.webhooks.ledger import LedgerUnavailable, SqliteLedger

_DAY_S: Final = 24 * 3600

log = structlog.get_logger()


@contextmanager
def purging(
    event_log: SqliteLog, ledger: SqliteLedger, clock: Callable[[], float], kept_days: int
) -> Iterator[None]:
    """Purge from time to time, while the block runs; attempts after *kept_days*."""
    with alongside(_purge(event_log, ledger, clock, kept_days * _DAY_S)):
        yield


async def _purge(
    event_log: SqliteLog, ledger: SqliteLedger, clock: Callable[[], float], kept_s: int
) -> None:
    while True:
        now = clock()
        try:
            answers = await event_log.purge_answers(int(now) - ANSWERS_KEPT_S)
            attempts = await ledger.purge_attempts(int((now - kept_s) * 1000))
            log.info("purged", answers=answers, attempts=attempts)
        except (StoreUnavailable, LedgerUnavailable) as reason:
            log.warning("purge.failed", reason=str(reason))
        await asyncio.sleep(config.PURGE_INTERVAL_S)

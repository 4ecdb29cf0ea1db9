"""A data directory that holds much already: written beside the server, while it is stopped."""

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from service.domain.events import SetupIntentCreated
from service.domain.values import SYSTEM, Status
from service.ids import IdMaker, event_id
from service.store.protocol import Append, Commit
from service.store.sqlite import SqliteLog, open_log

_AT_ONCE: Final = 500
_TOMORROW_MS: Final = 24 * 3600 * 1000
# As the ledger's own, but for a whole queue at once.
_FILL: Final = """
    WITH RECURSIVE numbered (n) AS (
        SELECT 1 UNION ALL SELECT n + 1 FROM numbered WHERE n < :rows
    )
    INSERT INTO deliveries (
        event_id, endpoint_id, position, state, attempt, due_at, subscribers, origin
    )
    SELECT
        printf(:event, n), (SELECT id FROM endpoints), n, 'open', 1, :due_at + n, 1, 'live'
    FROM numbered
"""


def fill_ledger(file: Path, rows: int) -> None:
    """Put so many deliveries into the ledger, open until tomorrow, to its one endpoint."""
    event = event_id(IdMaker()("seti", int(time.time() * 1000)), 1)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            _FILL,
            {
                "rows": rows,
                "event": f"{event[:-8]}%08d",
                "due_at": int(time.time() * 1000) + _TOMORROW_MS,
            },
        )


async def fill_log(directory: Path, account: str, events: int) -> None:
    """Append so many intents of *account*, of a common size."""
    log, new_id, at = open_log(directory), IdMaker(), int(time.time())
    try:
        for first in range(0, events, _AT_ONCE):
            names = [new_id("seti", at * 1000 + n) for n in range(first, first + _AT_ONCE)]
            await _append(log, [_created(name, account, at) for name in names])
    finally:
        await log.close()


async def _append(log: SqliteLog, events: Sequence[SetupIntentCreated]) -> None:
    await log.append_all(
        [Commit([Append(one.setup_intent_id, 0, [one])], SYSTEM) for one in events]
    )


def _created(name: str, account: str, at: int) -> SetupIntentCreated:
    return SetupIntentCreated(
        setup_intent_id=name,
        at=at,
        account=account,
        livemode=False,
        status=Status.REQUIRES_PAYMENT_METHOD,
        usage="off_session",
        payment_method_types=("card",),
        description="Card on file",
        metadata={"order": name[-8:]},
    )

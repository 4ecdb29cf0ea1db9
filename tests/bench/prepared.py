"""A data directory that holds much already: written beside the server, while it is stopped."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from service.domain.events import SetupIntentCreated
from service.domain.values import SYSTEM, Status
from service.ids import IdMaker, event_id
from service.store.protocol import Append, Commit
from service.store.sqlite import SqliteLog, open_log
from service.store.sqlite.opening import LOG_FILE, place_of
from service.webhooks.ledger import open_ledger
from service.webhooks.ledger.values import NewDelivery, State
from service.webhooks.ledger.writes import insert, transaction

_AT_ONCE: Final = 500
_TOMORROW_MS: Final = 24 * 3600 * 1000


async def fill_ledger(file: Path, events: int) -> None:
    """Put so many deliveries to each endpoint into the ledger in *file*, open until tomorrow."""
    log_id, _ = place_of(file.with_name(LOG_FILE))
    ledger = open_ledger(file, log_id)
    try:
        waiting = _waiting([endpoint.id for endpoint in await ledger.endpoints()], events)
        while some := list(islice(waiting, _AT_ONCE)):
            await ledger.change(partial(_insert, some))
    finally:
        await ledger.close()


def _insert(deliveries: Sequence[NewDelivery], connection: sqlite3.Connection) -> None:
    with transaction(connection):
        insert(connection, deliveries)


def _waiting(endpoint_ids: Sequence[str], events: int) -> Iterator[NewDelivery]:
    """Give what all endpoints are to hear of tomorrow: of one stream, for which ids are quick."""
    now_ms = int(time.time() * 1000)
    stream = IdMaker()("cus", now_ms)
    for version in range(1, events + 1):
        for endpoint_id in endpoint_ids:
            yield NewDelivery(
                event_id=event_id(stream, version),
                endpoint_id=endpoint_id,
                position=version,
                type="customer.created",
                state=State.OPEN,
                due_at=now_ms + _TOMORROW_MS + version,
                subscribers=len(endpoint_ids),
            )


async def fill_log(directory: Path, account: str, events: int) -> None:
    """Append so many intents of *account*, of a common size, made one a millisecond until now."""
    log, new_id, at = open_log(directory), IdMaker(), int(time.time())
    try:
        for first in range(-events, 0, _AT_ONCE):
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

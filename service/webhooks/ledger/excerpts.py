"""
What receivers have said back, wiped out where it may be of somebody who was forgotten.

That is the beginning of an answer, and also where it redirects to, which is kept as a detail.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from service import ids
from service.domain.values import replace
from service.webhooks.ledger.statements import NAMED
from service.webhooks.ledger.values import Settlement
from service.webhooks.ledger.writes import transaction

_SCRUB_WAIT_MS: Final = 50


def events_of(versions: Mapping[str, int]) -> Iterator[str]:
    """Give the ids of all events of streams, whose *versions* are the last."""
    for stream, last in versions.items():
        if ids.is_announced(stream):
            for version in range(1, last + 1):
                yield ids.event_id(stream, version)


def without(settlement: Settlement, streams: Collection[str]) -> Settlement:
    """Return *settlement* without what was said, where it is of an event of *streams*."""
    place = ids.place_of_event(settlement.attempt.event_id)
    if place is None or place[0] not in streams:
        return settlement
    return replace(settlement, attempt=replace(settlement.attempt, excerpt=b"", detail=None))


def wipe(connection: sqlite3.Connection, event_ids: Sequence[str]) -> None:
    """Leave nothing of what was said to the attempts of these events."""
    with transaction(connection):
        for query in ("blank_excerpts", "drop_excerpts"):
            connection.execute(NAMED[query], (json.dumps(event_ids),))


def scrub(connection: sqlite3.Connection) -> bool:
    """Empty the write-ahead log, in which older pages are. False where a reader is in the way."""
    # No outcome is written meanwhile, so it does not wait as long as writes do.
    (usual_ms,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {_SCRUB_WAIT_MS}")
    try:
        (is_busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {usual_ms}")
    return not is_busy

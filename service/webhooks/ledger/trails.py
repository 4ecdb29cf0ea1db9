"""The trails of events, read from a ledger: by the process that owns it, or beside it."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from service.domain.trails import Trail, Try
from service.webhooks.ledger.protocol import LedgerUnavailable
from service.webhooks.ledger.statements import NAMED
from service.webhooks.ledger.values import told_as


def trails_of(connection: sqlite3.Connection, event_ids: Iterable[str]) -> dict[str, list[Trail]]:
    """Return where each of the events went, by its id; those that went nowhere are left out."""
    asked = (json.dumps(list(event_ids)),)
    tries: defaultdict[tuple[str, str, str], list[Try]] = defaultdict(list)
    for (
        event_id,
        endpoint_id,
        origin,
        number,
        at,
        took,
        kind,
        status,
        address,
        detail,
    ) in connection.execute(NAMED["tries_of_events"], asked):
        tries[event_id, endpoint_id, origin].append(
            Try(
                number=number,
                started_at=at,
                took_ms=took,
                kind=kind,
                status=status,
                address=address,
                detail=detail,
            )
        )
    found: defaultdict[str, list[Trail]] = defaultdict(list)
    for event_id, endpoint_id, origin, state in connection.execute(
        NAMED["deliveries_of_events"], asked
    ):
        found[event_id].append(
            Trail(
                event_id=event_id,
                endpoint_id=endpoint_id,
                origin=origin,
                state=told_as(state),
                attempts=tuple(tries[event_id, endpoint_id, origin]),
            )
        )
    return dict(found)


def trails_beside(file: Path, event_ids: Iterable[str]) -> dict[str, list[Trail]]:
    """Return the trails in *file*, which another process may own; none where there is no file."""
    if not file.exists():
        return {}
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        try:
            return trails_of(connection, event_ids)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise LedgerUnavailable(f"{file} cannot be read: {error}.") from error

"""Events that some endpoint has not acknowledged, and where they are among all deliveries."""

import json
import sqlite3
from collections.abc import Collection

from service.domain.deliveries import OLDEST, EventPlace, Unheard
from service.domain.errors import TooManyEvents
from service.webhooks.ledger.browsing import in_time
from service.webhooks.ledger.statements import NAMED


def page(
    connection: sqlite3.Connection,
    wanted: Unheard,
    place: EventPlace,
    limit: int,
    *,
    newer: bool,
) -> list[tuple[str, EventPlace]]:
    """
    Return at most *limit* events next to *place*, newest first: *newer* or older.

    Raise `TooManyEvents` where they are too few among too many.
    """
    query = NAMED["unheard"]
    if newer:
        query = query.replace("DESC", "ASC").replace("seq) < (", "seq) > (")
    asked = {
        "accounts": json.dumps(wanted.accounts),
        "livemode": wanted.owner.livemode,
        "types": None if wanted.types is None else json.dumps(wanted.types),
        "since": wanted.since,
        "at": place.created_at,
        "seq": place.last if newer else place.first,
        "limit": limit,
    }
    with in_time(connection, TooManyEvents()):
        rows = connection.execute(query, asked).fetchall()
    found = [(event_id, EventPlace(*place)) for event_id, *place in rows]
    return found[::-1] if newer else found


def place_of(connection: sqlite3.Connection, event_id: str, position: int) -> EventPlace:
    """Return where an event is that was fanned out; if it led to nothing, right above others."""
    row = connection.execute(NAMED["event_place"], (event_id,)).fetchone()
    row = row or connection.execute(NAMED["place_below"], (position,)).fetchone()
    return OLDEST if row is None else EventPlace(*row)


def waited_for(connection: sqlite3.Connection, event_ids: Collection[str]) -> set[str]:
    """Return those of the events that some endpoint has not acknowledged."""
    rows = connection.execute(NAMED["pending"], (json.dumps(list(event_ids)),))
    return {event_id for event_id, _ in rows}

"""
What waits for an endpoint that was disabled or deleted is parked or cancelled, some at a time.

There may be a million of them, and whoever else is told of something must not wait until all
are done. As many as are done at a go are closed with the change itself; of the rest the ledger
keeps that they are still to be closed, and how far: what is sent again later is none of them.
Until its turn comes, nothing of it is attempted all the same: see `Sender.destination`.
"""

import json
import sqlite3
from typing import Final

from service.webhooks.ledger.statements import NAMED
from service.webhooks.ledger.values import EndpointChange, State

# Takes the ledger some milliseconds.
AT_ONCE: Final = 500

# What each state is for: parked is what was open, cancelled is what waited at all.
_LEFT: Final = {
    State.PARKED: json.dumps([State.OPEN]),
    State.CANCELLED: json.dumps([State.OPEN, State.PARKED]),
}


def begin(connection: sqlite3.Connection, change: EndpointChange) -> None:
    """Close what *change* puts an end to, or note that it is to be, inside a transaction."""
    if not change.ends:
        return
    state = State.CANCELLED if change.endpoint is None else State.PARKED
    connection.execute(NAMED["begin_closing"], (change.id, change.position, state))
    _close(connection, connection.execute(NAMED["closing"], (change.id,)).fetchone())


def go_on(connection: sqlite3.Connection) -> bool:
    """Close some more, inside a transaction, and say whether more is left."""
    found = connection.execute(NAMED["next_closing"]).fetchone()
    if found is None:
        return False
    _close(connection, found)
    return connection.execute(NAMED["next_closing"]).fetchone() is not None


def _close(connection: sqlite3.Connection, found: tuple[str, int, str, int]) -> None:
    endpoint_id, position, state, last = found
    asked = {"id": endpoint_id, "position": position, "state": state, "last": last}
    asked |= {"from_states": _LEFT[State(state)], "limit": AT_ONCE}
    if connection.execute(NAMED["close_deliveries"], asked).rowcount < AT_ONCE:
        connection.execute(NAMED["end_closing"], (endpoint_id,))

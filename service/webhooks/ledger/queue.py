"""What is open, endpoint by endpoint: read for the dispatcher, and given up for it."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from service.webhooks.ledger import standstills
from service.webhooks.ledger.statements import NAMED
from service.webhooks.ledger.values import Due, EventOfObject, Stretch
from service.webhooks.ledger.writes import transaction


def due(connection: sqlite3.Connection, stretches: Iterable[Stretch]) -> list[list[Due]]:
    """Return what is open: see `Ledger.due`."""
    return [_stretch(connection, stretch) for stretch in stretches]


def _stretch(connection: sqlite3.Connection, stretch: Stretch) -> list[Due]:
    asked = {
        **stretch.start._asdict(),
        "endpoint_id": stretch.endpoint_id,
        "replay": stretch.replay,
        "limit": stretch.limit,
    }
    return [Due(*row) for row in connection.execute(NAMED["due"], asked)]


def earlier_open(connection: sqlite3.Connection, event: EventOfObject) -> int | None:
    """Return when what has to go before *event* is due: see `Ledger.earlier_open`."""
    ((latest,),) = connection.execute(NAMED["earlier_open"], event._asdict())
    return None if latest is None else int(latest)


class Overdue(NamedTuple):
    """What was made *before* and is due *now* to an endpoint, of an *origin* if one is named."""

    endpoint_id: str
    before: int
    now: int
    origin: str | None


def exhaust(connection: sqlite3.Connection, asked: Overdue, limit: int) -> int:
    """Give up at most *limit* of what is overdue, and return how much that was."""
    with transaction(connection):
        before = standstills.without(connection, asked.before)
        overdue = {**asked._asdict(), "before": before, "limit": limit}
        return connection.execute(NAMED["exhaust"], overdue).rowcount

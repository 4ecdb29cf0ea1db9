"""Looking through the deliveries: for those who run the service and who own endpoints."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Final

from service.domain.deliveries import Delivery, DeliveryAttempt, DeliveryKey, Place, Wanted
from service.domain.replays import Stands
from service.domain.values import Owner
from service.webhooks.ledger.statements import NAMED

_LAST: Final = 2**63 - 1
_NEWEST: Final = (_LAST, _LAST)
_NAMES: Final = Delivery.__struct_fields__


def page(
    connection: sqlite3.Connection, wanted: Wanted, place: Place | None, limit: int, *, newer: bool
) -> list[Delivery]:
    """Return at most *limit* deliveries next to *place*, the newest first: *newer* or older."""
    query = NAMED["browse" if wanted.event is None else "browse_event"]
    if newer:
        query = query.replace("DESC", "ASC").replace("seq) < (", "seq) > (")
    rows = connection.execute(query, _parameters(wanted, place or _NEWEST, limit)).fetchall()
    return [_delivery(row) for row in (reversed(rows) if newer else rows)]


def _parameters(wanted: Wanted, place: Place, limit: int) -> dict[str, Any]:
    least, most = wanted.statuses or (None, None)
    return {
        "account": wanted.owner.account,
        "livemode": wanted.owner.livemode,
        "endpoint": wanted.endpoint,
        "event": wanted.event,
        "origin": wanted.origin,
        "states": json.dumps(wanted.states),
        "least": least,
        "most": most,
        "kind": wanted.kind,
        "type": wanted.type,
        "since": 0 if wanted.since is None else wanted.since,
        "until": _LAST if wanted.until is None else wanted.until,
        "at": place[0],
        "seq": place[1],
        "limit": limit,
    }


def find(connection: sqlite3.Connection, owner: Owner, key: DeliveryKey) -> Delivery | None:
    """Return the delivery *key*, if it is to an endpoint of *owner*'s."""
    asked = (*key, owner.account, owner.livemode)
    row = connection.execute(NAMED["find_delivery"], asked).fetchone()
    return None if row is None else _delivery(row)


def are_open(connection: sqlite3.Connection, keys: Iterable[Sequence[str]]) -> list[bool]:
    """Say of each delivery whether it has still to be sent."""
    counts = [connection.execute(NAMED["is_open"], key).fetchone() for key in keys]
    return [bool(count) for (count,) in counts]


def attempts(connection: sqlite3.Connection, key: DeliveryKey) -> list[DeliveryAttempt]:
    """Return the attempts of a delivery that are still kept, the first first."""
    return [
        DeliveryAttempt(**dict(zip(DeliveryAttempt.__struct_fields__, row, strict=True)))
        for row in connection.execute(NAMED["browse_attempts"], key)
    ]


def standings(
    connection: sqlite3.Connection, endpoint_id: str, event_ids: Iterable[str]
) -> dict[str, Stands]:
    """Return how the live deliveries of events to an endpoint stand, where there are any."""
    asked = (json.dumps(list(event_ids)), endpoint_id)
    return {
        event_id: Stands(state, bool(attempted), subscribers)
        for event_id, state, attempted, subscribers in connection.execute(NAMED["standings"], asked)
    }


def _delivery(row: Sequence[Any]) -> Delivery:
    return Delivery(**dict(zip(_NAMES, row, strict=True)))

"""Looking through the deliveries: for those who run the service and who own endpoints."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any, Final

from service import config
from service.domain.deliveries import (
    DELIVERED,
    LIVE,
    Delivery,
    DeliveryAttempt,
    DeliveryKey,
    Place,
    Wanted,
)
from service.domain.errors import Refused, TooManyDeliveries
from service.domain.replays import Stands
from service.domain.values import Owner
from service.webhooks.ledger.statements import NAMED
from service.webhooks.ledger.values import kept_as, told_as

_LAST: Final = 2**63 - 1
# After so many steps of SQLite's it is looked at whether there is time left.
_STEPS: Final = 100_000
_NEWEST: Final = (_LAST, _LAST)
# What an acknowledgement is answered with.
_SUCCESS: Final = (200, 299)
_NAMES: Final = Delivery.__struct_fields__


def page(
    connection: sqlite3.Connection, wanted: Wanted, place: Place | None, limit: int, *, newer: bool
) -> list[Delivery]:
    """
    Return at most *limit* deliveries next to *place*, the newest first: *newer* or older.

    Raise `TooManyDeliveries` where they are too few among too many.
    """
    query = NAMED[_query(wanted)]
    if newer:
        query = query.replace("DESC", "ASC").replace("seq) < (", "seq) > (")
    asked = _parameters(wanted, place or _NEWEST, limit)
    with in_time(connection, TooManyDeliveries()):
        rows = connection.execute(query, asked).fetchall()
    return [_delivery(row) for row in (reversed(rows) if newer else rows)]


@contextmanager
def in_time(connection: sqlite3.Connection, refusal: Refused) -> Iterator[None]:
    """End with *refusal* what takes longer than anybody waits for it: nobody else can look."""
    until = monotonic() + config.LIST_LOOKS_S
    connection.set_progress_handler(lambda: monotonic() > until, _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        raise refusal from error
    finally:
        connection.set_progress_handler(None, 0)


def _query(wanted: Wanted) -> str:
    """Return what finds *wanted* by what is rarest of it."""
    if wanted.event is not None:
        return "browse_event"
    return "browse" if wanted.origin in (None, LIVE) else "browse_origin"


def _parameters(wanted: Wanted, place: Place, limit: int) -> dict[str, Any]:
    least, most = wanted.statuses or (None, None)
    return {
        "account": wanted.owner.account,
        "livemode": wanted.owner.livemode,
        "endpoint": wanted.endpoint,
        "event": wanted.event,
        "origin": wanted.origin,
        "states": json.dumps([kept_as(state) for state in _states(wanted)]),
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


def _states(wanted: Wanted) -> Iterable[str]:
    """
    Return in which states what is *wanted* can be.

    Most of all deliveries are delivered, and whoever asks for a failure asks for none of them.
    """
    least, most = wanted.statuses or _SUCCESS
    if wanted.kind == DELIVERED:
        return [each for each in wanted.states if each == DELIVERED]
    if wanted.kind is not None or least > _SUCCESS[1] or most < _SUCCESS[0]:
        return [each for each in wanted.states if each != DELIVERED]
    return wanted.states


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
        event_id: Stands(told_as(state), bool(attempted), subscribers)
        for event_id, state, attempted, subscribers in connection.execute(NAMED["standings"], asked)
    }


def _delivery(row: Sequence[Any]) -> Delivery:
    columns = dict(zip(_NAMES, row, strict=True))
    return Delivery(**columns | {"state": told_as(columns["state"])})

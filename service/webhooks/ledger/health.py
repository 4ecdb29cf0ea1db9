"""
How endpoints fare: a row for each, which is folded from its attempts as these are written.

It could be read from the attempts, but not cheaply: an endpoint that has failed for days has
very many of them. So it moves with them, in the same transaction.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

from service.domain.endpoint_health import Health, Tried, after
from service.webhooks.ledger.statements import NAMED
from service.webhooks.ledger.values import AttemptRow
from service.webhooks.outcome import Kind

_values: Final = attrgetter(*Health.__struct_fields__)
_NONE: Final = "[]"


def take_in(connection: sqlite3.Connection, attempts: Iterable[AttemptRow]) -> None:
    """Write how the endpoints fare after *attempts*, inside the caller's transaction."""
    tried = _by_endpoint(attempts)
    rows = connection.execute(NAMED["health_before"], (json.dumps(list(tried)),)).fetchall()
    connection.executemany(NAMED["put_health"], [_moved(row, tried[row[0]]) for row in rows])


def _moved(row: Sequence[Any], tried: Iterable[AttemptRow]) -> tuple[Any, ...]:
    """Return a *row* of `health_before` as it is to be put after its endpoint was *tried*."""
    endpoint_id, tried_from, *columns = row
    health = health_of(columns)
    for attempt in tried:
        health = after(health, _tried(attempt), tried_from * 1000)
    return endpoint_id, *_columns(health)


def health_of(columns: Sequence[Any]) -> Health:
    """Return the columns of a row as they are shown; those of a row that is missing are null."""
    *seen, outcome, status, since, failures, failed, gone = columns
    if failures is None:
        return Health()
    return Health(
        last_success_at=seen[0],
        last_failure_at=seen[1],
        last_outcome=outcome,
        last_status=status,
        failing_since=since,
        failures=failures,
        failed=_events(failed),
        gone=_events(gone),
    )


def _events(text: str) -> tuple[str, ...]:
    return () if text == _NONE else tuple(json.loads(text))


def _columns(health: Health) -> tuple[Any, ...]:
    *values, failed, gone = _values(health)
    return *values, json.dumps(failed) if failed else _NONE, json.dumps(gone) if gone else _NONE


def _by_endpoint(attempts: Iterable[AttemptRow]) -> Mapping[str, list[AttemptRow]]:
    """Return the attempts at each endpoint, from its last success on: nothing before matters."""
    found: dict[str, list[AttemptRow]] = {}
    for attempt in attempts:
        if attempt.kind is Kind.DELIVERED:
            found[attempt.endpoint_id] = [attempt]
        else:
            found.setdefault(attempt.endpoint_id, []).append(attempt)
    return found


def _tried(attempt: AttemptRow) -> Tried:
    return Tried(
        event_id=attempt.event_id,
        at=attempt.started_at,
        outcome=attempt.kind,
        status=attempt.status,
        acknowledged=attempt.kind is Kind.DELIVERED,
        unsent=attempt.kind is Kind.OVERSIZED,
    )

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
from service.webhooks.ledger.values import AttemptRow, Settlement
from service.webhooks.outcome import Kind

_values: Final = attrgetter(*Health.__struct_fields__)
_NONE: Final = "[]"


def take_in(connection: sqlite3.Connection, settlements: Iterable[Settlement]) -> None:
    """Write how the endpoints fare after *settlements*, inside the caller's transaction."""
    tried = _by_endpoint(settlements)
    rows = connection.execute(NAMED["health_before"], (json.dumps(list(tried)),)).fetchall()
    connection.executemany(NAMED["put_health"], [_moved(row, tried[row[0]]) for row in rows])


def _moved(row: Sequence[Any], tried: Iterable[Settlement]) -> tuple[Any, ...]:
    """Return a *row* of `health_before` as it is to be put after its endpoint was *tried*."""
    endpoint_id, tried_from, parked_upto, *columns = row
    health = health_of(columns)
    for settled in tried:
        # What was parked when the endpoint was disabled may have been under way just then.
        past = settled.attempt.started_at < tried_from * 1000 or settled.position < parked_upto
        health = after(health, _tried(settled.attempt, past=past))
    return endpoint_id, *_columns(health)


def health_of(columns: Sequence[Any]) -> Health:
    """Return the columns of a row as they are shown; those of a row that is missing are null."""
    *seen, outcome, status, since, failures, failing_ms, failed, gone = columns
    if failures is None:
        return Health()
    return Health(
        last_success_at=seen[0],
        last_failure_at=seen[1],
        last_outcome=outcome,
        last_status=status,
        failing_since=since,
        failures=failures,
        failing_ms=failing_ms,
        failed=_events(failed),
        gone=_events(gone),
    )


def _events(text: str) -> tuple[str, ...]:
    return () if text == _NONE else tuple(json.loads(text))


def _columns(health: Health) -> tuple[Any, ...]:
    *values, failed, gone = _values(health)
    return *values, json.dumps(failed) if failed else _NONE, json.dumps(gone) if gone else _NONE


def _by_endpoint(settlements: Iterable[Settlement]) -> Mapping[str, list[Settlement]]:
    """Return what came of each endpoint, from its last success on: nothing before matters."""
    found: dict[str, list[Settlement]] = {}
    for settled in settlements:
        attempt = settled.attempt
        if attempt.kind is Kind.DELIVERED:
            found[attempt.endpoint_id] = [settled]
        else:
            found.setdefault(attempt.endpoint_id, []).append(settled)
    return found


def _tried(attempt: AttemptRow, *, past: bool) -> Tried:
    return Tried(
        event_id=attempt.event_id,
        at=attempt.started_at,
        outcome=attempt.kind,
        status=attempt.status,
        acknowledged=attempt.kind is Kind.DELIVERED,
        unsent=attempt.kind is Kind.OVERSIZED,
        past=past,
    )

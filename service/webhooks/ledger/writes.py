"""What is written to the ledger, each in one transaction on the one connection that writes."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter
from typing import Any, Final

from service.webhooks.ledger import closing, health
from service.webhooks.ledger.endpoint_rows import row_of
from service.webhooks.ledger.protocol import Overtaken
from service.webhooks.ledger.statements import NAMED
from service.webhooks.ledger.values import (
    LIVE,
    EndpointChange,
    FanOut,
    NewDelivery,
    Settlement,
    State,
)

FOLLOWER: Final = "fan-out"

# In the order of the statements' parameters: on the hot path no name is looked up.
_NEW: Final = attrgetter(
    *("event_id", "endpoint_id", "origin", "position", "type", "state", "due_at", "subscribers")
)
_ATTEMPT: Final = attrgetter(
    *("event_id", "endpoint_id", "origin", "number", "started_at", "took_ms", "dns_ms"),
    *("connect_ms", "first_byte_ms", "address", "kind", "status", "detail", "excerpt"),
)
_SUCCESS: Final = attrgetter(
    *("number", "status", "kind", "started_at", "event_id", "endpoint_id", "origin")
)
_KEY: Final = attrgetter("event_id", "endpoint_id", "origin")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit what the block writes, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def fan_out(connection: sqlite3.Connection, batch: FanOut) -> None:
    """Write the deliveries and the endpoints, and move the tracking: see `Ledger.fan_out`."""
    with transaction(connection):
        moved = connection.execute(
            NAMED["move_tracking"],
            {"follower": FOLLOWER, "after": batch.after, "upto": batch.upto},
        )
        if moved.rowcount != 1:
            raise Overtaken(batch.after)
        insert(connection, batch.deliveries)
        if batch.deliveries:
            connection.execute(NAMED["tell_clock"], (batch.deliveries[-1].due_at,))
        for change in batch.changes:
            _change_endpoint(connection, change)
            closing.begin(connection, change)


def close_some(connection: sqlite3.Connection) -> bool:
    """Go on closing: see `Ledger.close_some`."""
    with transaction(connection):
        return closing.go_on(connection)


def _change_endpoint(connection: sqlite3.Connection, change: EndpointChange) -> None:
    if change.endpoint is None:
        connection.execute(NAMED["drop_endpoint"], {"id": change.id})
        connection.execute(NAMED["drop_health"], {"id": change.id})
        return
    row = row_of(change.endpoint)
    for query in ("put_endpoint", "put_owner"):
        connection.execute(NAMED[query], row)
    if change.tried_anew:
        connection.execute(NAMED["begin_anew"], {"id": change.id})


def insert(connection: sqlite3.Connection, deliveries: Iterable[NewDelivery]) -> None:
    """Write *deliveries* that are not there yet, inside the caller's transaction."""
    connection.executemany(NAMED["insert_delivery"], map(_NEW, deliveries))


def record(connection: sqlite3.Connection, settlements: Sequence[Settlement]) -> None:
    """Append the attempts and settle their deliveries: see `Ledger.record`."""
    failures = [each for each in settlements if each.state is not State.DELIVERED]
    successes = [each.attempt for each in settlements if each.state is State.DELIVERED]
    again = [each for each in successes if each.origin != LIVE]
    with transaction(connection):
        attempts = (settlement.attempt for settlement in settlements)
        connection.executemany(NAMED["insert_attempt"], map(_ATTEMPT, attempts))
        connection.executemany(NAMED["settle_failure"], map(_failure, failures))
        connection.executemany(NAMED["settle_success"], map(_SUCCESS, successes))
        if again:
            connection.executemany(NAMED["settle_live"], map(_SUCCESS, again))
        health.take_in(connection, _of_endpoints(connection, settlements))


def _of_endpoints(
    connection: sqlite3.Connection, settlements: Sequence[Settlement]
) -> Sequence[Settlement]:
    """Return *settlements* without those that another URL than the endpoint's had a part in."""
    origins = {each.attempt.origin for each in settlements} - {LIVE}
    if not origins:
        return settlements
    found = connection.execute(NAMED["sent_elsewhere"], (json.dumps(list(origins)),))
    elsewhere = {id_ for (id_,) in found}
    return [each for each in settlements if each.attempt.origin not in elsewhere]


def _failure(settlement: Settlement) -> tuple[Any, ...]:
    attempt = settlement.attempt
    return (
        *(settlement.state, settlement.next_number, settlement.due_at),
        *(attempt.status, attempt.kind, attempt.started_at),
        *_KEY(attempt),
        attempt.number,
    )


def purge_attempts(connection: sqlite3.Connection, before: int, limit: int) -> int:
    """Delete the old among the *limit* oldest attempts and return how many those were."""
    with transaction(connection):
        return connection.execute(
            NAMED["purge_attempts"], {"before": before, "limit": limit}
        ).rowcount

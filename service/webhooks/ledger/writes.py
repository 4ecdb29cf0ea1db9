"""What is written to the ledger, each in one transaction on the one connection that writes."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from service.webhooks.ledger import health
from service.webhooks.ledger.endpoint_rows import row_of
from service.webhooks.ledger.protocol import Overtaken
from service.webhooks.ledger.statements import NAMED
from service.webhooks.ledger.values import (
    AttemptRow,
    EndpointChange,
    FanOut,
    NewDelivery,
    Settlement,
    State,
)

FOLLOWER: Final = "fan-out"


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
        connection.executemany(NAMED["insert_delivery"], map(_columns, batch.deliveries))
        if batch.deliveries:
            connection.execute(NAMED["tell_clock"], (batch.deliveries[-1].due_at,))
        for change in batch.changes:
            _change_endpoint(connection, change)


def set_back(connection: sqlite3.Connection, by: int) -> None:
    """Move what is due by a clock that was ahead *by* so much: see `Ledger.begin`."""
    with transaction(connection):
        connection.execute(NAMED["set_due_back"], {"by": by})
        connection.execute(NAMED["set_clock_back"], {"by": by})


def _change_endpoint(connection: sqlite3.Connection, change: EndpointChange) -> None:
    if change.endpoint is None:
        connection.execute(NAMED["drop_endpoint"], {"id": change.id})
        connection.execute(NAMED["drop_health"], {"id": change.id})
        _close_deliveries(connection, change, State.CANCELLED)
        return
    connection.execute(NAMED["put_endpoint"], row_of(change.endpoint))
    if change.tried_anew:
        connection.execute(NAMED["begin_anew"], {"id": change.id})
    if not change.endpoint.enabled:
        _close_deliveries(connection, change, State.PARKED)


def _close_deliveries(connection: sqlite3.Connection, change: EndpointChange, state: State) -> None:
    connection.execute(
        NAMED["close_deliveries"], {"id": change.id, "position": change.position, "state": state}
    )


def record(connection: sqlite3.Connection, settlements: Sequence[Settlement]) -> None:
    """Append the attempts and settle their deliveries: see `Ledger.record`."""
    rows = [_row_of_settlement(settlement) for settlement in settlements]
    with transaction(connection):
        connection.executemany(NAMED["insert_attempt"], rows)
        for settled, row in zip(settlements, rows, strict=True):
            success = settled.state is State.DELIVERED
            connection.execute(NAMED["settle_success" if success else "settle_failure"], row)
        health.take_in(connection, settlements)


def _row_of_settlement(settlement: Settlement) -> dict[str, Any]:
    return {
        **_columns(settlement.attempt),
        "state": settlement.state,
        "next_number": settlement.next_number,
        "due_at": settlement.due_at,
    }


def _columns(row: NewDelivery | AttemptRow) -> dict[str, Any]:
    # `dataclasses.asdict` copies deeply, which flat rows have no use for.
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def purge_attempts(connection: sqlite3.Connection, before: int, limit: int) -> int:
    """Delete the old among the *limit* oldest attempts and return how many those were."""
    with transaction(connection):
        return connection.execute(
            NAMED["purge_attempts"], {"before": before, "limit": limit}
        ).rowcount

"""Replays as rows of the ledger: what a job has looked at moves with what it sends."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from service.domain import replays as a
from service.domain.replays import Replay, WantedReplays
from service.domain.values import Owner
from service.webhooks.ledger.closing import AT_ONCE
from service.webhooks.ledger.statements import NAMED
from service.webhooks.ledger.values import NewDelivery, State
from service.webhooks.ledger.writes import insert, transaction

_LAST_ID: Final = "rpl_~"
_LAST_MS: Final = 2**63 - 1

# How what a replay sends comes to stand, by how that stands itself, and what it was before.
_SETTLED: Final = {
    a.RUNNING: (State.OPEN, json.dumps([State.PARKED])),
    a.PAUSED: (State.PARKED, json.dumps([State.OPEN])),
    a.CANCELED: (State.CANCELLED, json.dumps([State.OPEN, State.PARKED])),
}


def put(connection: sqlite3.Connection, replay: Replay) -> bool:
    """Write a new replay; False where another like it to the same endpoint has not ended."""
    row = {name: getattr(replay, name) for name in replay.__struct_fields__}
    row |= {"account": replay.owner.account, "livemode": replay.owner.livemode}
    row |= {"types": json.dumps(replay.types), "states": json.dumps(replay.states)}
    del row["owner"]
    with transaction(connection):
        return connection.execute(NAMED["put_replay"], row).rowcount == 1


def find(connection: sqlite3.Connection, replay_id: str) -> Replay | None:
    row = connection.execute(NAMED["replay"], (replay_id,)).fetchone()
    return None if row is None else _replay(row)


def running(connection: sqlite3.Connection) -> list[Replay]:
    return [_replay(row) for row in connection.execute(NAMED["replays_running"])]


def page(
    connection: sqlite3.Connection,
    wanted: WantedReplays,
    cursor: str | None,
    limit: int,
    *,
    newer: bool,
) -> list[Replay]:
    """Return at most *limit* replays next to *cursor*, the newest first: *newer* or older."""
    query = NAMED["replays" if wanted.endpoint is None else "replays_to_endpoint"]
    if newer:
        query = query.replace("id < ", "id > ").replace("DESC", "ASC")
    asked = {
        "account": wanted.owner.account,
        "livemode": wanted.owner.livemode,
        "endpoint": wanted.endpoint,
        "status": wanted.status,
        "since": 0 if wanted.since is None else wanted.since,
        "until": _LAST_MS if wanted.until is None else wanted.until,
        "before": cursor or _LAST_ID,
        "limit": limit,
    }
    rows = connection.execute(query, asked).fetchall()
    return [_replay(row) for row in (reversed(rows) if newer else rows)]


def elsewhere(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the URLs that unfinished replays send to, where it is not their endpoint's."""
    return dict(connection.execute(NAMED["elsewhere"]).fetchall())


def under_way(connection: sqlite3.Connection, replay_id: str, due_before: int) -> int:
    """Return how many of a replay's deliveries are open and due before an instant."""
    (count,) = connection.execute(NAMED["under_way"], (replay_id, due_before)).fetchone()
    return int(count)


def still_open(connection: sqlite3.Connection, replay_id: str) -> bool:
    """Say whether any of a replay's deliveries has still to be sent."""
    (is_open,) = connection.execute(NAMED["still_open"], (replay_id,)).fetchone()
    return bool(is_open)


def still_parked(connection: sqlite3.Connection, replay_id: str) -> bool:
    """Say whether any of a replay's deliveries is parked."""
    (is_parked,) = connection.execute(NAMED["still_parked"], (replay_id,)).fetchone()
    return bool(is_parked)


def advance(
    connection: sqlite3.Connection,
    replay: Replay,
    upto: int,
    matched: int,
    deliveries: Sequence[NewDelivery],
) -> bool:
    """Say that *replay* has looked up to a position, and what it sends; False if it may not."""
    moved = {"id": replay.id, "after": replay.reached, "upto": upto, "matched": matched}
    with transaction(connection):
        if connection.execute(NAMED["advance_replay"], moved).rowcount != 1:
            return False
        insert(connection, deliveries)
        return True


def set_status(
    connection: sqlite3.Connection, replay_id: str, status: str, reason: str | None, now: int
) -> bool:
    """
    Move a replay that has not ended to *status*; False where it has.

    What waits to be sent is parked while it is paused, and cancelled with it: some of it at
    once, and the rest by `settle`.
    """
    ended_at = now if status in (a.COMPLETED, a.CANCELED) else None
    row = {"id": replay_id, "status": status, "reason": reason, "ended_at": ended_at}
    with transaction(connection):
        if connection.execute(NAMED["set_replay"], row).rowcount != 1:
            return False
        _settle(connection, replay_id, now)
        return True


def unsettled(connection: sqlite3.Connection) -> list[str]:
    """Return the replays that are paused or canceled, and something of them is open still."""
    return [id_ for (id_,) in connection.execute(NAMED["replays_unsettled"])]


def settle(connection: sqlite3.Connection, replay_id: str, now: int) -> None:
    """
    Let some more of what a replay has sent stand as the replay does.

    There may be very many that wait for a far retry, and nobody else is to wait for all.
    """
    with transaction(connection):
        _settle(connection, replay_id, now)


def _settle(connection: sqlite3.Connection, replay_id: str, now: int) -> None:
    (status,) = connection.execute(NAMED["replay_status"], (replay_id,)).fetchone()
    if status in _SETTLED:
        state, left = _SETTLED[status]
        asked = {"id": replay_id, "state": state, "now": now, "from_states": left}
        connection.execute(NAMED["settle_replayed"], asked | {"limit": AT_ONCE})


def _replay(row: Sequence[Any]) -> Replay:
    id_, account, livemode, endpoint_id, url, dry_run, created_at, since, until, *more = row
    after, upto, types, states, status, reason, ended_at, reached, *counts = more
    matched, enqueued, delivered, failed = counts
    return Replay(
        id=id_,
        owner=Owner(account, bool(livemode)),
        endpoint_id=endpoint_id,
        url=url,
        dry_run=bool(dry_run),
        created_at=created_at,
        since=since,
        until=until,
        after=after,
        upto=upto,
        types=tuple(json.loads(types)),
        states=tuple(json.loads(states)),
        status=status,
        reason=reason,
        ended_at=ended_at,
        reached=reached,
        matched=matched,
        enqueued=enqueued,
        delivered=delivered,
        failed=failed,
    )

"""
What the ledger holds, read behind the server's back.

The server may be killed, stopped or locked out at the time: a reader needs none of it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

_PAIRS: Final = "SELECT event_id, endpoint_id, state FROM deliveries WHERE origin = 'live'"
_COPIED: Final = """
    SELECT event_id, state FROM deliveries JOIN replays ON replays.id = origin
    WHERE url IS NOT NULL
"""


class Pair(NamedTuple):
    """One event to one endpoint: what a delivery is of."""

    event_id: str
    endpoint_id: str


class LedgerFile:
    """The ledger in *file*."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def states(self) -> dict[Pair, str]:
        """Return every delivery that nobody has asked for, and its state."""
        with self._connected() as connection:
            rows = connection.execute(_PAIRS).fetchall()
        return {Pair(event_id, endpoint_id): state for event_id, endpoint_id, state in rows}

    def open(self) -> set[Pair]:
        """Return what of that has still to be delivered."""
        with self._connected() as connection:
            rows = connection.execute(f"{_PAIRS} AND state = 'open'").fetchall()
        return {Pair(event_id, endpoint_id) for event_id, endpoint_id, _ in rows}

    def copied(self) -> list[tuple[str, str]]:
        """Return every event that was replayed to another URL, and what has become of it."""
        with self._connected() as connection:
            return connection.execute(_COPIED).fetchall()

    def attempts(self) -> int:
        with self._connected() as connection:
            ((count,),) = connection.execute("SELECT count(*) FROM attempts").fetchall()
        return int(count)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        # Not read-only: what a killed server has left in its journal is read as well.
        with closing(sqlite3.connect(self._file, timeout=30)) as connection:
            yield connection


@contextmanager
def locked(*files: Path) -> Iterator[None]:
    """Let nobody else write to the databases in *files* while the block runs."""
    connections = [sqlite3.connect(file, timeout=30, isolation_level=None) for file in files]
    try:
        for connection in connections:
            connection.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        for connection in connections:
            connection.close()

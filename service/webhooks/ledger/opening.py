"""How a ledger is found beside its log, or made."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from service.store.sqlite.connecting import WAL_KEPT_BYTES, with_pragmas
from service.webhooks.ledger.protocol import LedgerUnavailable
from service.webhooks.ledger.sqlite import SqliteLedger
from service.webhooks.ledger.statements import MIGRATIONS, NAMED, SCHEMA
from service.webhooks.ledger.writes import FOLLOWER

_LOCK_WAIT_S: Final = 1.0
_APPLICATION_ID: Final = int.from_bytes(b"SetL", "big")
_SCHEMA_VERSION: Final = len(MIGRATIONS) + 1


def open_ledger(file: Path, log_id: str) -> SqliteLedger:
    """
    Open the ledger in *file*, which belongs to the log *log_id*, or make it.

    Raise `LedgerUnavailable`, with a sentence for whoever starts the service.
    """
    try:
        writing = _connect(file)
        try:
            _prepare(writing, file, log_id)
            return SqliteLedger(writing, _connect(file), _connect(file))
        except BaseException:
            writing.close()
            raise
    except sqlite3.Error as error:
        raise LedgerUnavailable(f"{file} cannot be opened as a ledger: {error}.") from error


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        file, timeout=_LOCK_WAIT_S, isolation_level=None, check_same_thread=False
    )
    return with_pragmas(
        connection,
        "journal_mode = WAL",
        "synchronous = FULL",
        "secure_delete = ON",
        f"journal_size_limit = {WAL_KEPT_BYTES}",
    )


def _prepare(connection: sqlite3.Connection, file: Path, log_id: str) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and application != _APPLICATION_ID:
        raise LedgerUnavailable(f"{file} is a database, but not a ledger of Seti's.")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > _SCHEMA_VERSION:
        raise LedgerUnavailable(f"{file} was written by a later version of Seti.")
    _make(connection, MIGRATIONS[version - 1 :] if tables else ())
    connection.execute(NAMED["begin_tracking"], (FOLLOWER, log_id))
    (owner, _) = connection.execute(NAMED["tracked"], (FOLLOWER,)).fetchone()
    if owner != log_id:
        raise LedgerUnavailable(f"{file} belongs to another log than the one beside it.")


def _make(connection: sqlite3.Connection, migrations: Iterable[str]) -> None:
    """Make the ledger as it has to be, by way of *migrations*, or leave it as it was."""
    script = (
        "BEGIN IMMEDIATE",
        *migrations,
        SCHEMA,
        f"PRAGMA application_id = {_APPLICATION_ID}",
        f"PRAGMA user_version = {_SCHEMA_VERSION}",
        "COMMIT",
    )
    try:
        connection.executescript(";\n".join(script))
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise

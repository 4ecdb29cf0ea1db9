"""How connections to the log's file are made: one that writes, and any number that read."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from service.store.protocol import StoreUnavailable
from service.store.sqlite.statements import CACHED_STATEMENTS

PAGE_SIZE: Final = 8192
_CHECKPOINT_AFTER_PAGES: Final = 4000
# What a write-ahead log has grown to beyond this, while somebody read for long, is given back.
# It is twice what one comes to otherwise, the log's as well as the ledger's.
WAL_KEPT_BYTES: Final = 64 * 1024 * 1024
_LOCK_WAIT_S: Final = 5.0


def connect_for_writing(file: Path, lock_wait_s: float = _LOCK_WAIT_S) -> sqlite3.Connection:
    """Return the connection that writes. What it commits is on the disk: nothing weakens that."""
    connection = sqlite3.connect(
        file,
        timeout=lock_wait_s,
        isolation_level=None,
        cached_statements=CACHED_STATEMENTS,
        check_same_thread=False,
    )
    return with_pragmas(
        connection,
        f"page_size = {PAGE_SIZE}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "secure_delete = ON",
        f"wal_autocheckpoint = {_CHECKPOINT_AFTER_PAGES}",
        f"journal_size_limit = {WAL_KEPT_BYTES}",
    )


def with_pragmas(connection: sqlite3.Connection, *pragmas: str) -> sqlite3.Connection:
    """Return *connection* with all *pragmas* set; it is closed where one of them cannot be."""
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_for_reading(file: Path) -> sqlite3.Connection:
    """Return a connection that can only read."""
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=ro",
        uri=True,
        timeout=_LOCK_WAIT_S,
        isolation_level=None,
        check_same_thread=False,
    )


@contextmanager
def answering(file: Path) -> Iterator[None]:
    """Raise `StoreUnavailable`, which names *file*, where it does not answer in the block."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreUnavailable(str(error), file) from error

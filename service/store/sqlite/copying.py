"""
Copies a SQLite database that somebody writes to: as it was at one instant, page by page.

The reader keeps one transaction open for as long as it copies, so that writes go on beside it
and it never has to begin again. Meanwhile the write-ahead log of the database grows.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from service.store.sqlite.connecting import connect_for_reading

Progress = Callable[[int, int], None]
"""Told how many pages are copied, and of how many."""

_PAGES_AT_ONCE: Final = 1024


class CopyFailed(Exception):
    """There is no copy, or it is not a whole database."""


def copy_database(source: Path, target: Path, progress: Progress) -> None:
    """
    Copy the database *source* to the new file *target*.

    Raise `CopyFailed` where it cannot be done, or SQLite finds the copy wanting.
    """
    _make_private(target)
    with (
        _telling(source),
        closing(connect_for_reading(source)) as there,
        closing(_connect(target)) as here,
    ):
        there.execute("BEGIN")
        there.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        there.backup(
            here, pages=_PAGES_AT_ONCE, progress=lambda _, left, of: progress(of - left, of)
        )
        there.execute("COMMIT")
        # One file, that any SQLite reads: a write-ahead log is made anew when it is served.
        here.execute("PRAGMA journal_mode = DELETE")
        (found,) = here.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise CopyFailed(f"The copy of {source} is damaged: {found}.")


def pages_of(source: Path) -> int:
    """Return how many pages the database *source* has. Raise `CopyFailed`."""
    with _telling(source), closing(connect_for_reading(source)) as there:
        (pages,) = there.execute("PRAGMA page_count").fetchone()
    return int(pages)


@contextmanager
def _telling(source: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise CopyFailed(f"{source} cannot be copied: {error}.") from error


def _make_private(file: Path) -> None:
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _connect(target: Path) -> sqlite3.Connection:
    return sqlite3.connect(target, isolation_level=None)

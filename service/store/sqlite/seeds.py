"""Writes what is kept beside rows of the log, in the transaction that writes those."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from service.store.sqlite.batch import Write
from service.store.sqlite.statements import NAMED, chunks, of_many


def keep_beside(cursor: sqlite3.Cursor, writes: Sequence[Write], position: int) -> None:
    """Keep what goes beside *writes*, whose rows stand past *position*, and destroy seeds."""
    if all(write.beside is None for write in writes):
        return
    _insert(cursor, "insert_seeds", list(_seeds(writes, position)))
    kept = [write.beside for write in writes if write.beside is not None]
    _insert(cursor, "insert_belongings", [each for beside in kept for each in beside.belongings])
    for stream in [stream for beside in kept for stream in beside.forgotten]:
        cursor.execute(NAMED["destroy_seeds"], (stream,))


def _seeds(writes: Sequence[Write], position: int) -> Iterator[tuple[int, bytes]]:
    for write in writes:
        if write.beside is not None:
            for number, seed in write.beside.seeds:
                yield position + 1 + number, seed
        position += len(write.rows)


def _insert(cursor: sqlite3.Cursor, query: str, rows: Sequence[tuple[Any, ...]]) -> None:
    for some in chunks(rows):
        cursor.execute(of_many(query, len(some)), list(chain.from_iterable(some)))

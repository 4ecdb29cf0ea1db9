"""
The library's recorder, and a way to append the writes of many commands at once.

The library's schema, ids and readers stay as they are. Appends go through a connection of
our own, because the library's pool sets neither `synchronous` nor a statement cache.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any, Final, TypeAlias

import msgspec
from eventsourcing.sqlite import SQLiteDatastore, SQLiteProcessRecorder

from service.store.protocol import Answer, KeyUsed, WrongExpectedVersion
from service.store.sqlite.batch import Admission, Write
from service.store.sqlite.statements import (
    NAMED,
    chunks,
    of_many,
    select_answers,
)

# The position of a write's last event (0: it had none), or why it was refused.
Written: TypeAlias = int | KeyUsed | WrongExpectedVersion

_DECODE_HEADS: Final = msgspec.json.Decoder(dict[str, int | None]).decode


class BatchRecorder(SQLiteProcessRecorder):
    """A recorder of the log at *path*; *connect* opens the connection that writes."""

    def __init__(self, path: str, connect: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(SQLiteDatastore(path, originator_id_type="text"))
        self._connect = connect
        self._connection: sqlite3.Connection | None = None

    @property
    def writing(self) -> sqlite3.Connection:
        """The connection that writes. It belongs to the writer's thread."""
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    def append_batch(self, writes: Sequence[Write]) -> list[Written]:
        """
        Write all of *writes* that may be, in their order, in one durable transaction.

        Raise `sqlite3.Error`, or whatever a value that SQLite cannot store leads to; then
        nothing was written.
        """
        cursor = self.writing.cursor()
        try:
            cursor.execute("BEGIN IMMEDIATE")
            written = self._write(cursor, writes)
            cursor.execute("COMMIT")
        except BaseException:
            self.abandon()
            raise
        return written

    def purge_answers(self, before_at: int, limit: int) -> int:
        """Delete at most *limit* answers from before *before_at*; return how many."""
        return self.writing.execute(NAMED["purge_answers"], (before_at, limit)).rowcount

    def abandon(self) -> None:
        """Undo the transaction under way and close the connection that writes. The next is new."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        # Not left to closing: that waits for cursors, which an exception's frames still hold.
        with suppress(sqlite3.Error):
            connection.rollback()
        connection.close()

    def close(self) -> None:
        """Move what is in the write-ahead log to the database, and let go of the file."""
        # Where the disk fails, the write-ahead log stays, and the next opening reads it.
        with suppress(sqlite3.Error):
            self.writing.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.abandon()
        self.datastore.close()

    def _write(self, cursor: sqlite3.Cursor, writes: Sequence[Write]) -> list[Written]:
        admission = Admission(_heads(cursor, writes), _answers(cursor, writes))
        refusals = [admission.refusal(write) for write in writes]
        admitted = [w for w, refusal in zip(writes, refusals, strict=True) if refusal is None]
        position = _insert_events(cursor, admitted)
        _insert_answers(cursor, admitted)
        written: list[Written] = []
        for write, refusal in zip(writes, refusals, strict=True):
            if refusal is None:
                position += len(write.rows)
                written.append(position if write.rows else 0)
            else:
                written.append(refusal)
        return written


def _heads(cursor: sqlite3.Cursor, writes: Sequence[Write]) -> dict[str, int | None]:
    streams = {append.stream for write in writes for append in write.appends}
    names = msgspec.json.encode(list(streams)).decode()
    (heads,) = cursor.execute(NAMED["heads"], (names,)).fetchone()
    return _DECODE_HEADS(heads)


def _answers(cursor: sqlite3.Cursor, writes: Sequence[Write]) -> dict[bytes, Answer]:
    digests = [write.answer.digest for write in writes if write.answer is not None]
    found: dict[bytes, Answer] = {}
    for some in chunks(digests):
        for row in cursor.execute(select_answers(len(some)), some).fetchall():
            found[row[0]] = Answer(*row)
    return found


def _insert_events(cursor: sqlite3.Cursor, writes: Sequence[Write]) -> int:
    """Insert the rows of *writes* and return the position before the first of them."""
    rows = [row for write in writes for row in write.rows]
    for some in chunks(rows):
        cursor.execute(of_many("insert_events", len(some)), _flat(some))
    # Rowids are given one by one under the write lock, so they are contiguous.
    return (cursor.lastrowid or 0) - len(rows) if rows else 0


def _insert_answers(cursor: sqlite3.Cursor, writes: Sequence[Write]) -> None:
    rows = [_row(write.answer) for write in writes if write.answer is not None]
    for some in chunks(rows):
        cursor.execute(of_many("insert_answers", len(some)), _flat(some))


def _row(answer: Answer) -> tuple[Any, ...]:
    return (
        answer.digest,
        answer.fingerprint,
        answer.request,
        answer.status,
        answer.body,
        answer.reveals,
        answer.at,
    )


def _flat(rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    return list(chain.from_iterable(rows))

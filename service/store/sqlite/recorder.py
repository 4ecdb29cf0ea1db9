"""
The library's recorder, and a way to append the writes of many commands at once.

The library's schema, ids and readers stay as they are. Appends go through a connection of
our own, because the library's pool sets neither `synchronous` nor a statement cache.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from typing import Any, TypeAlias

from eventsourcing.sqlite import SQLiteDatastore, SQLiteProcessRecorder

from service.store.protocol import KeyUsed, WrongExpectedVersion
from service.store.sqlite.answers import AnswerTable
from service.store.sqlite.batch import Admission, Write
from service.store.sqlite.connecting import with_pragmas
from service.store.sqlite.heads import heads
from service.store.sqlite.seeds import keep_beside
from service.store.sqlite.statements import chunks, of_many

# The position of a write's last event (0: it had none), or why it was refused.
Written: TypeAlias = int | KeyUsed | WrongExpectedVersion


class BatchRecorder(SQLiteProcessRecorder):
    """
    A recorder of the log at *path*.

    *connect* opens the connection that writes, which waits for no lock; *lock_wait_s* is how
    long those calls wait for one that may.
    """

    def __init__(
        self, path: str, connect: Callable[[], sqlite3.Connection], lock_wait_s: float
    ) -> None:
        super().__init__(SQLiteDatastore(path, originator_id_type="text"))
        self.answers = AnswerTable()
        self._connect = connect
        self._lock_wait_s = lock_wait_s
        self._connection: sqlite3.Connection | None = None

    @property
    def writing(self) -> sqlite3.Connection:
        """The connection that writes. One at a time uses it: the loop, or the writer's thread."""
        if self._connection is None:
            connection = with_pragmas(self._connect(), "busy_timeout = 0")
            try:
                self.answers.connected(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def stage(self, writes: Sequence[Write]) -> list[Written] | None:
        """
        Begin a transaction, and write all of *writes* that may be in it, in their order.

        It waits for nothing: None means that it could not be done without waiting, or at
        all, and that nothing was begun. What it returns holds once `finish` has returned.
        """
        if self._connection is None:
            return None
        cursor = self._connection.cursor()
        try:
            cursor.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return None
        try:
            return self._write(cursor, writes, _old_streams(writes))
        except Exception:  # noqa: BLE001 - `append_batch` does it again, and tells why it fails
            self.abandon()
            return None

    def finish(self) -> None:
        """
        Make what is staged durable. Raise `sqlite3.Error` where it is not.

        It waits for the disk.
        """
        try:
            cursor = self.writing.cursor()
            self.answers.settle(cursor)
            cursor.execute("COMMIT")
        except BaseException:
            self.abandon()
            raise

    def append_batch(self, writes: Sequence[Write]) -> list[Written]:
        """
        Write all of *writes* that may be, in their order, in one durable transaction.

        It waits for locks and for the disk. Raise `sqlite3.Error`, or whatever a value that
        SQLite cannot store leads to; then nothing was written.
        """
        try:
            with self.patience():
                cursor = self.writing.cursor()
                cursor.execute("BEGIN IMMEDIATE")
                written = self._write(cursor, writes, _streams(writes))
                self.finish()
        except BaseException:
            self.abandon()
            raise
        self.answers.committed()
        return written

    @contextmanager
    def patience(self, wait_s: float | None = None) -> Iterator[None]:
        """Wait for somebody else's lock, such as a backup's; outside of this nobody waits."""
        wait_s = self._lock_wait_s if wait_s is None else wait_s
        self.writing.execute(f"PRAGMA busy_timeout = {int(wait_s * 1000)}")
        yield
        if self._connection is not None:
            self._connection.execute("PRAGMA busy_timeout = 0")

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
            if self._connection is not None:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.abandon()
        self.datastore.close()

    def _write(
        self, cursor: sqlite3.Cursor, writes: Sequence[Write], streams: Collection[str]
    ) -> list[Written]:
        """Write *writes*, each that may be; where *streams* stand is asked, the rest are new."""
        digests = [write.answer.digest for write in writes if write.answer is not None]
        standing = heads(cursor, streams) if streams else {}
        admission = Admission(standing, self.answers.find(cursor, digests))
        refusals = [admission.refusal(write) for write in writes]
        admitted = [w for w, refusal in zip(writes, refusals, strict=True) if refusal is None]
        position = _insert_events(cursor, admitted)
        keep_beside(cursor, admitted, position)
        self.answers.insert(cursor, [w.answer for w in admitted if w.answer is not None])
        written: list[Written] = []
        for write, refusal in zip(writes, refusals, strict=True):
            if refusal is None:
                position += len(write.rows)
                written.append(position if write.rows else 0)
            else:
                written.append(refusal)
        return written


def _streams(writes: Sequence[Write]) -> set[str]:
    return {append.stream for write in writes for append in write.appends}


def _old_streams(writes: Sequence[Write]) -> set[str]:
    """
    Return the streams that are not expected to be new.

    Names of new ones are made of chance. Should one be taken all the same, the table's own
    key refuses it, and everything is asked.
    """
    return {
        append.stream for write in writes for append in write.appends if append.expected_version
    }


def _insert_events(cursor: sqlite3.Cursor, writes: Sequence[Write]) -> int:
    """Insert the rows of *writes* and return the position before the first of them."""
    rows = [row for write in writes for row in write.rows]
    for some in chunks(rows):
        cursor.execute(of_many("insert_events", len(some)), _flat(some))
    # Rowids are given one by one under the write lock, so they are contiguous.
    return (cursor.lastrowid or 0) - len(rows) if rows else 0


def _flat(rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    return list(chain.from_iterable(rows))

"""
How a log is found in a data directory, or made.

Everything that can be wrong with the directory is said here, in one sentence for whoever
starts the service.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from eventsourcing.persistence import PersistenceError

from service.hiding import Hiding
from service.store.codec import Codec
from service.store.protocol import LogUnavailable
from service.store.sqlite.connecting import connect_for_reading, connect_for_writing
from service.store.sqlite.locking import DirectoryLock
from service.store.sqlite.log import SqliteLog
from service.store.sqlite.reads import SqliteReads
from service.store.sqlite.recorder import BatchRecorder
from service.store.sqlite.statements import NAMED, SCHEMA, UPGRADE

LOG_FILE: Final = "seti.sqlite3"
LOCK_WAIT_S: Final = 5.0
_APPLICATION_ID: Final = int.from_bytes(b"Seti", "big")
_SCHEMA_VERSION: Final = 2


def open_log(
    directory: Path,
    *,
    name: str = LOG_FILE,
    lock_wait_s: float = LOCK_WAIT_S,
    hiding: Hiding | None = None,
) -> SqliteLog:
    """
    Open the log *name* in *directory* for this process alone, making both where there is none.

    A write waits *lock_wait_s* for somebody else's lock on the file, such as a backup's,
    before it is refused. *hiding* hides what is personal; without it nothing is hidden, and
    what is hidden cannot be read. Raise `LogUnavailable`.
    """
    file = directory / name
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = DirectoryLock(directory)
    except OSError as error:
        raise LogUnavailable(
            f"The data directory {directory} cannot be written to: {error.strerror}."
        ) from error
    try:
        with _one_sentence(file):
            return SqliteLog(
                file, Codec(hiding=hiding), _prepared_recorder(file, lock_wait_s), lock
            )
    except BaseException:
        lock.release()
        raise


def open_log_for_reading(
    directory: Path, *, name: str = LOG_FILE, hiding: Hiding | None = None
) -> SqliteReads:
    """Open the log beside the process that owns it, as `open_log` does."""
    file = directory / name
    if not file.exists():
        raise LogUnavailable(f"There is no log in the data directory {directory}.")
    with _one_sentence(file), closing(connect_for_reading(file)) as connection:
        if _version_found(connection, file) < _SCHEMA_VERSION:
            raise LogUnavailable(
                f"{file} was written by an earlier version of Seti: start it once."
            )
        return SqliteReads(file, Codec(hiding=hiding))


def place_of(file: Path) -> tuple[str, int]:
    """Return the name of the log in *file*, and its last position. Raise `LogUnavailable`."""
    with _one_sentence(file), closing(connect_for_reading(file)) as connection:
        _version_found(connection, file)
        (log_id,) = connection.execute(NAMED["log_id"]).fetchone()
        (position,) = connection.execute(NAMED["head"]).fetchone()
        return str(log_id), int(position)


def _prepared_recorder(file: Path, lock_wait_s: float) -> BatchRecorder:
    recorder = BatchRecorder(str(file), partial(_connect, file, lock_wait_s), lock_wait_s)
    try:
        # The first connection makes our tables, and waits for the disk while it does.
        _ = recorder.writing
        recorder.create_table()
    except BaseException:
        recorder.close()
        raise
    return recorder


def _connect(file: Path, lock_wait_s: float) -> sqlite3.Connection:
    connection = connect_for_writing(file, lock_wait_s)
    try:
        connection.executescript(_schema(_version_found(connection, file)))
    except BaseException:
        connection.close()
        raise
    return connection


def _schema(version: int) -> str:
    """Return what brings a file with the schema of a *version* (0: it is new) up to date."""
    return SCHEMA.format(
        application_id=_APPLICATION_ID,
        schema_version=_SCHEMA_VERSION,
        upgrade=UPGRADE if version == 1 else "",
    )


def _version_found(connection: sqlite3.Connection, file: Path) -> int:
    """
    Return the version of the schema in *file*.

    Raise `LogUnavailable` if it holds something else, or a later schema.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and application != _APPLICATION_ID:
        raise LogUnavailable(f"{file} is a database, but not one of Seti's.")
    if version > _SCHEMA_VERSION:
        raise LogUnavailable(f"{file} was written by a later version of Seti.")
    return int(version)


@contextmanager
def _one_sentence(file: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, PersistenceError) as error:
        raise LogUnavailable(f"{file} cannot be opened as a log: {error}.") from error

"""
Why writes are refused, while they are: the disk is full, or another program holds the file.

Known from what the last write came to, so that whoever asks how the log is costs it nothing.
It is over when a write is taken, and one is tried for that alone where nobody else writes.
"""

import sqlite3
from typing import Final

import structlog

from service.metrics import LOG_REFUSES
from service.store.protocol import LogUnavailable, StoreUnavailable
from service.store.sqlite.recorder import BatchRecorder
from service.store.sqlite.statements import NAMED

# More than the largest command: where less has room, commands may still be refused.
_ROOM_BYTES: Final = 512 * 1024

log = structlog.get_logger()


class Refusing:
    """Knows *reason*, why the last write was refused: None where it was taken."""

    def __init__(self) -> None:
        self.reason: str | None = None

    def told(self, error: Exception) -> Exception:
        """Note that a write came to *error*, and return what whoever waits for it is told."""
        if not is_of_the_disk(error):
            return error
        if self.reason is None:
            LOG_REFUSES.set(1)
            log.warning("log.refuses", reason=str(error))
        self.reason = str(error)
        return StoreUnavailable(self.reason)

    def taken(self, _position: int) -> None:
        """Note that a write was taken."""
        if self.reason is not None:
            self.reason = None
            LOG_REFUSES.set(0)
            log.info("log.takes")


def write_in_vain(recorder: BatchRecorder) -> int:
    """Write as much as commands may, and nothing. Raise `sqlite3.Error` where it is refused."""
    recorder.writing.executescript(NAMED["write_in_vain"].format(bytes=_ROOM_BYTES))
    return 0


def is_of_the_disk(error: Exception) -> bool:
    """Say whether *error* is of the file or its disk, and not of what was to be written."""
    # A damaged file raises the bare class; its other subclasses speak of a value or of a bug.
    # The log is unavailable where its file was exchanged under us.
    is_damage = type(error) is sqlite3.DatabaseError
    return is_damage or isinstance(error, sqlite3.OperationalError | LogUnavailable)

"""
The rows of the log exactly as they are stored: for seals, their verification, and exports.

Whatever is in the file is read, also what no service has put there: texts that are not UTF-8
come with surrogates in the place of their bytes.
"""

import sqlite3
from pathlib import Path

from service.store.seals.chain import RawRow
from service.store.sqlite.connecting import answering, connect_for_reading
from service.store.sqlite.statements import NAMED

_NO_BOUND = 2**63 - 1


class RawLog:
    """The rows in *file*, over a connection of its own. One thread at a time uses it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection = connect_for_reading(file)
        (self._log_id,) = self._connection.execute(NAMED["log_id"]).fetchone()

    @property
    def log_id(self) -> str:
        """The log's own name."""
        return str(self._log_id)

    def rows(self, after: int, until: int | None, limit: int) -> list[RawRow]:
        """Return at most *limit* rows past position *after*, up to *until*, in their order."""
        places = (after, _NO_BOUND if until is None else until, limit)
        with answering(self._file):
            try:
                return self._connection.execute(NAMED["raw"], places).fetchall()
            except sqlite3.OperationalError:
                return self._tolerant(places)

    def head(self) -> int:
        """Return the last position, 0 where there is none."""
        ((position,),) = self._asked("head", ())
        return int(position)

    def seeded(self, first: int, last: int) -> set[int]:
        """Return the positions from *first* to *last* whose seeds are there."""
        return {position for (position,) in self._asked("seeded", (first, last))}

    def forgotten_at(self, stream: str) -> int:
        """Return the last position at which *stream* was forgotten, 0 if it never was."""
        try:
            ((position,),) = self._asked("forgotten_at", (stream,))
        except UnicodeEncodeError:
            return 0  # Its name is no text: no service has written it.
        return int(position)

    def _asked(self, query: str, values: tuple[str | int, ...]) -> list[tuple[int]]:
        with answering(self._file):
            return self._connection.execute(NAMED[query], values).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _tolerant(self, places: tuple[int, int, int]) -> list[RawRow]:
        self._connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        try:
            return self._connection.execute(NAMED["raw"], places).fetchall()
        finally:
            self._connection.text_factory = str

"""
Reading the log, on a few threads with a read-only connection each.

Reading never waits for the writer, nor the writer for readers: that is what the write-ahead
log is for. `scan` is for whoever reads everything, and runs in the caller's thread.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Lock, local
from typing import Final, TypeVar

import msgspec

from service.store.codec import Codec
from service.store.protocol import Recorded, StoreUnavailable
from service.store.sqlite.connecting import answering, connect_for_reading
from service.store.sqlite.heads import heads_at
from service.store.sqlite.statements import NAMED

T = TypeVar("T")

_THREADS: Final = 2
_NO_BOUND: Final = 2**63 - 1


class SqliteReads:
    """What can be read of the log in *file*."""

    def __init__(self, file: Path, codec: Codec) -> None:
        self._file = file
        self._codec = codec
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="seti-log-reader")
        self._of_thread = local()
        self._connections: list[sqlite3.Connection] = []
        self._connecting = Lock()
        # Held by whoever reads on a thread of its own, which nobody else waits for.
        self._reading_elsewhere = Lock()
        self._closed = False
        with closing(connect_for_reading(file)) as connection:
            (self._log_id,) = connection.execute(NAMED["log_id"]).fetchone()

    @property
    def log_id(self) -> str:
        """The log's own name, made by chance when it was."""
        return str(self._log_id)

    async def load(self, stream: str, *, until: int | None = None) -> list[Recorded]:
        """Return *stream*'s events in order, up to version *until*. Empty if there is none."""
        return await self._visit(lambda c: self._load(c, stream, until))

    async def load_many(self, places: Sequence[tuple[str, int | None]]) -> list[list[Recorded]]:
        """Return `load(stream, until=until)` for each of *places*, in one visit."""
        return await self._visit(lambda c: [self._load(c, *place) for place in places])

    async def streams(self, prefix: str) -> list[str]:
        """Return the names of the streams that begin with *prefix*, in their order."""
        bounds = (prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1))
        return await self._visit(
            lambda c: [name for (name,) in c.execute(NAMED["streams"], bounds)]
        )

    async def notifications(
        self, after: int, limit: int, topics: Sequence[str] = ()
    ) -> list[Recorded]:
        """Return at most *limit* events past position *after*, of *topics* if any are named."""
        if not topics:
            return await self._visit(lambda c: self._after(c, after, _NO_BOUND, limit))
        names = msgspec.json.encode(self._codec.spellings(topics)).decode()
        found = (after, names, limit)
        return await self._visit(lambda c: self._recorded(c, "notifications_of", found))

    async def notifications_in(self, stream: str, after: int, limit: int) -> list[Recorded]:
        """Return at most *limit* of *stream*'s events past position *after*, in their order."""
        asked = (stream, after, limit)
        return await self._visit(lambda c: self._recorded(c, "notifications_in", asked))

    async def belonging(self, owners: Collection[str]) -> list[str]:
        """Return the streams that were noted to belong to one of *owners*."""
        return await self._names("belonging", owners)

    async def hidden(self, streams: Collection[str]) -> list[str]:
        """Return those of *streams* in which something is hidden that can still be shown."""
        return await self._names("hidden", streams)

    async def _names(self, query: str, names: Collection[str]) -> list[str]:
        asked = msgspec.json.encode(list(names)).decode()
        return await self._visit(lambda c: [name for (name,) in c.execute(NAMED[query], (asked,))])

    async def head(self) -> int:
        """Return the last position of the log, 0 when it is empty."""
        return await self._visit(_head)

    def scan(
        self, after: int, until: int | None, batch: int, share: tuple[int, int] = (0, 1)
    ) -> Iterator[list[Recorded]]:
        """
        Give all events past position *after*, in lists of at most *batch*, without their actors.

        They end with position *until*, or, if it is None, where the log ends when its end is
        reached. *share* is the number of one of so many parts that whole streams are dealt
        out to. Each list is a query of its own, so that a long scan holds up no checkpoint.
        """
        number, of = share
        bound = _NO_BOUND if until is None else until
        query = NAMED["notifications" if of == 1 else "notifications_of_share"]
        dealt = () if of == 1 else (of, number)
        with closing(connect_for_reading(self._file)) as connection:
            while True:
                with answering(self._file):
                    rows = connection.execute(query, (after, bound, *dealt, batch)).fetchall()
                if not rows:
                    return
                events = list(map(self._codec.event, rows))
                yield events
                after = events[-1].position

    def history(self, stream: str, until: int | None = None) -> list[Recorded]:
        """Return what `load` returns, without actors, on the caller's own thread: for rebuilds."""
        place = (stream, _NO_BOUND if until is None else until)
        rows = self._read_elsewhere(lambda c: c.execute(NAMED["load"], place).fetchall())
        return list(map(self._codec.event, rows))

    def heads(self, streams: Collection[str], position: int) -> Mapping[str, int | None]:
        """Return at which version each of *streams* stood at *position*, as `history` does."""
        return self._read_elsewhere(lambda c: heads_at(c, streams, position))

    def end(self) -> int:
        """Return what `head` returns, on the caller's own thread."""
        return self._read_elsewhere(_head)

    async def close(self) -> None:
        """Let go of the file once the reads under way are done."""
        await asyncio.get_running_loop().run_in_executor(None, self._close)

    def _close(self) -> None:
        self._threads.shutdown()
        with self._reading_elsewhere:
            self._closed = True
            for connection in self._connections:
                connection.close()

    async def _visit(self, read: Callable[[sqlite3.Connection], T]) -> T:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, self._read, read)
        except RuntimeError as error:
            # The threads have ended, or the interpreter is about to.
            raise StoreUnavailable("The log is closed.") from error

    def _read_elsewhere(self, read: Callable[[sqlite3.Connection], T]) -> T:
        """Read on the caller's own thread, which may still do so when the log is closed."""
        with self._reading_elsewhere:
            if self._closed:
                raise StoreUnavailable("The log is closed.")
            return self._read(read)

    def _read(self, read: Callable[[sqlite3.Connection], T]) -> T:
        with answering(self._file):
            return read(self._connection())

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._of_thread, "connection", None)
        if connection is None:
            connection = self._of_thread.connection = connect_for_reading(self._file)
            with self._connecting:
                self._connections.append(connection)
        return connection

    def _load(
        self, connection: sqlite3.Connection, stream: str, until: int | None
    ) -> list[Recorded]:
        bound = _NO_BOUND if until is None else until
        return self._recorded(connection, "load", (stream, bound))

    def _after(
        self, connection: sqlite3.Connection, after: int, until: int, limit: int
    ) -> list[Recorded]:
        return self._recorded(connection, "notifications", (after, until, limit))

    def _recorded(
        self, connection: sqlite3.Connection, query: str, values: tuple[str | int, ...]
    ) -> list[Recorded]:
        rows = connection.execute(NAMED[query], values).fetchall()
        return list(map(self._codec.recorded, rows))


def _head(connection: sqlite3.Connection) -> int:
    return int(connection.execute(NAMED["head"]).fetchone()[0])

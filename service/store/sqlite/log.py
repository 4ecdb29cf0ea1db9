"""The log on SQLite: `store.protocol.EventStore`, and what the keeper of a log needs besides."""

import re
import sqlite3
from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from service.domain.values import Actor
from service.store.codec import Codec
from service.store.protocol import Answer, Append, Commit, StoreUnavailable
from service.store.sqlite import errands
from service.store.sqlite.batch import Write
from service.store.sqlite.locking import DirectoryLock
from service.store.sqlite.reads import SqliteReads
from service.store.sqlite.recorder import BatchRecorder
from service.store.sqlite.refusing import Refusing, write_in_vain
from service.store.sqlite.statements import NAMED
from service.store.sqlite.writer import Listener, Writer

_PURGED_AT_ONCE: Final = 500
# Every id in an answer: of what else looks like one, nothing is sought.
_NAMES: Final = re.compile(rb"[a-z]+_[0-9A-Za-z]+")


class SqliteLog(SqliteReads):
    """The log in *file*, written by *recorder*. *lock* keeps other processes away."""

    def __init__(
        self, file: Path, codec: Codec, recorder: BatchRecorder, lock: DirectoryLock
    ) -> None:
        super().__init__(file, codec)
        self._answers = recorder.answers
        self._refusing = Refusing()
        self._writer = Writer(recorder, self._refusing)
        self._lock = lock

    async def append(
        self, appends: Sequence[Append], actor: Actor, answer: Answer | None = None
    ) -> int:
        """Append all of *appends* and keep *answer*: see `EventStore.append`."""
        (written,) = await self.append_all([Commit(appends, actor, answer)])
        if isinstance(written, Exception):
            raise written
        return written

    async def append_all(self, commits: Sequence[Commit]) -> Sequence[int | Exception]:
        """Append what each of *commits* holds: see `EventStore.append_all`."""
        stored = self._codec.stored
        writes = []
        for appends, actor, answer in commits:
            rows, beside = stored(appends, actor)
            writes.append(Write(appends, rows, answer, beside))
        return await self._writer.write(writes)

    def listen(self, listener: Listener) -> None:
        """Call *listener* on the event loop with the last position after each commit."""
        self._writer.listen(listener)

    @property
    def refused(self) -> str | None:
        """Why the last write was refused; None where it was taken."""
        return self._refusing.reason

    async def try_to_write(self) -> None:
        """Write what is nothing: writes are no longer `refused` if it is taken."""
        with suppress(StoreUnavailable):
            self._refusing.taken(await self._writer.run(write_in_vain))

    async def answer(self, digest: bytes) -> Answer | None:
        """Return the answer kept under an Idempotency-Key: see `EventStore.answer`."""
        return await self._visit(lambda c: self._answers.find(c.cursor(), [digest]).get(digest))

    async def purge_answers(self, before_at: int) -> int:
        """
        Delete the answers from before *before_at* (Unix seconds) and return how many.

        It goes in small steps, between which other writes are committed.
        """
        purged = 0
        while step := await self._writer.run(
            lambda recorder: errands.purge_answers(recorder, before_at, _PURGED_AT_ONCE)
        ):
            purged += step
        for first in range(256 if purged else 0):
            await self._writer.run(partial(errands.sweep_settled, first=first))
        return purged

    async def wipe_answers(self, streams: Collection[str]) -> int:
        """Overwrite the answers that speak of *streams*, and return how many."""
        wanted, wiped, last = frozenset(stream.encode() for stream in streams), 0, 0
        while rows := await self._visit(
            partial(_fetched, query="answers_past", values=(last, _PURGED_AT_ONCE))
        ):
            last = rows[-1][0]
            speaking = [n for n, body in rows if not wanted.isdisjoint(_NAMES.findall(body))]
            if speaking:
                wiped += await self._writer.run(partial(errands.wipe_answers, numbers=speaking))
        return wiped

    async def scrub(self) -> bool:
        """
        Have what was overwritten gone from the write-ahead log too. False if somebody reads there.

        What is destroyed is overwritten in the database when the write-ahead log is moved there,
        and until then its older pages lie in that log.
        """
        return bool(await self._writer.run(errands.scrub))

    async def close(self) -> None:
        """Commit what was submitted, then let go of the file and of the directory."""
        # Readers first: the last connection to leave tidies up, and theirs may not write.
        await super().close()
        await self._writer.close()
        self._lock.release()


def _fetched(
    connection: sqlite3.Connection, query: str, values: tuple[int, ...]
) -> list[tuple[Any, ...]]:
    return connection.execute(NAMED[query], values).fetchall()

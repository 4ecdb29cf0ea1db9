"""
The one thread that writes: group commit.

It takes the writes of all requests in flight and commits them in one transaction; what
arrives while it commits is the next batch. Its answers go back to the event loop in one
call for a whole batch.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final, TypeAlias

from service.store.protocol import LogUnavailable, StoreUnavailable
from service.store.sqlite.batch import Write
from service.store.sqlite.recorder import BatchRecorder

_BATCH_MAX: Final = 512
_WAITING_MAX: Final = 16_384

Listener: TypeAlias = Callable[[int], None]
# Something else to be done on the connection that writes, between two batches.
Errand: TypeAlias = Callable[[BatchRecorder], int]


@dataclass(frozen=True, slots=True)
class _Waiting:
    work: Write | Errand
    future: asyncio.Future[int]


@dataclass(frozen=True, slots=True)
class _Settled:
    future: asyncio.Future[int]
    result: int | Exception

    def deliver(self) -> None:
        # Whoever was cancelled in the meantime does not wait any more.
        if self.future.done():
            return
        if isinstance(self.result, Exception):
            self.future.set_exception(self.result)
        else:
            self.future.set_result(self.result)


class Writer:
    """Runs *recorder* on a thread of its own until it is closed."""

    def __init__(self, recorder: BatchRecorder) -> None:
        self._recorder = recorder
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listeners: list[Listener] = []
        self._closed = False
        self._thread = Thread(target=self._run, name="seti-log-writer", daemon=True)
        self._thread.start()

    def listen(self, listener: Listener) -> None:
        """Call *listener* on the event loop with the last position after each commit."""
        self._listeners.append(listener)

    def submit(self, work: Write | Errand) -> asyncio.Future[int]:
        """Return what will come of *work*. Raise `StoreUnavailable` if it is not taken."""
        if self._closed:
            raise StoreUnavailable("The log is closed.")
        if self._queue.qsize() >= _WAITING_MAX:
            raise StoreUnavailable("Too many writes are waiting for the disk.")
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
        future = self._loop.create_future()
        self._queue.put(_Waiting(work, future))
        return future

    async def close(self) -> None:
        """Finish everything that was submitted, then let go of the log."""
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        await asyncio.get_running_loop().run_in_executor(None, self._finish)

    def _finish(self) -> None:
        self._thread.join()
        self._recorder.close()

    def _run(self) -> None:
        while batch := self._collect():
            writes = [(w.work, w.future) for w in batch if isinstance(w.work, Write)]
            results = self._append([write for write, _ in writes])
            settled = [_Settled(f, r) for (_, f), r in zip(writes, results, strict=True)]
            last = max((r for r in results if isinstance(r, int)), default=0)
            settled += self._run_errands(batch)
            self._report(settled, last)

    def _collect(self) -> list[_Waiting]:
        """Wait for work, then take all there is. Empty when the writer is closed."""
        batch: list[_Waiting] = []
        waiting = self._queue.get()
        with suppress(Empty):
            while waiting is not None:
                batch.append(waiting)
                if len(batch) == _BATCH_MAX:
                    return batch
                waiting = self._queue.get_nowait()
            # Closed: nothing comes after this, and the next call shall find it again.
            self._queue.put(None)
        return batch

    def _append(self, writes: Sequence[Write]) -> Sequence[int | Exception]:
        if not writes:
            return []
        try:
            return self._recorder.append_batch(writes)
        except Exception as error:  # noqa: BLE001 - whoever waits must hear of it, whatever it is
            if _is_of_the_disk(error):
                return [StoreUnavailable(str(error)) for _ in writes]
            if len(writes) == 1:
                return [error]
            # One of them cannot be stored. Alone, it fails alone.
            return [result for write in writes for result in self._append([write])]

    def _run_errands(self, batch: Iterable[_Waiting]) -> list[_Settled]:
        return [
            _Settled(w.future, self._result_of(w.work))
            for w in batch
            if not isinstance(w.work, Write)
        ]

    def _result_of(self, errand: Errand) -> int | Exception:
        try:
            return errand(self._recorder)
        except Exception as error:  # noqa: BLE001 - as above
            self._recorder.abandon()
            return StoreUnavailable(str(error)) if _is_of_the_disk(error) else error

    def _report(self, settled: Sequence[_Settled], last: int) -> None:
        # A loop that was closed in the meantime has nobody left who waits.
        with suppress(RuntimeError):
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._deliver, settled, last)

    def _deliver(self, settled: Sequence[_Settled], last: int) -> None:
        for one in settled:
            one.deliver()
        if last:
            for listener in self._listeners:
                listener(last)


def _is_of_the_disk(error: Exception) -> bool:
    # A damaged file raises the bare class; its other subclasses speak of a value or of a bug.
    # The log is unavailable where its file was exchanged under us.
    is_damage = type(error) is sqlite3.DatabaseError
    return is_damage or isinstance(error, sqlite3.OperationalError | LogUnavailable)

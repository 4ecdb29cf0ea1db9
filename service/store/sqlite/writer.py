"""
The one hand that writes: group commit.

It takes the writes of all requests in flight into one transaction; what arrives while that
is made durable is the next one.

A transaction has two halves. *Staging* it is work of the processor alone, some microseconds a
command, and is done on the event loop; *finishing* it waits for the disk, and is done on a
thread. Doing both on the thread was tried: every statement of it gave the interpreter away
and had to win it back from a busy loop, which cost the loop more than the staging does.
Where staging would have to wait (a backup holds the lock) or fails, the thread does it all.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from service.store.protocol import StoreUnavailable
from service.store.sqlite.batch import Write
from service.store.sqlite.recorder import BatchRecorder
from service.store.sqlite.refusing import Refusing, is_of_the_disk

T = TypeVar("T")

_BATCH_MAX: Final = 512
_WAITING_MAX: Final = 16_384

Listener: TypeAlias = Callable[[int], None]
# Something else to be done on the connection that writes, between two transactions.
Errand: TypeAlias = Callable[[BatchRecorder], int]


Written: TypeAlias = "Sequence[int | Exception]"


@dataclass(frozen=True, slots=True)
class _Group:
    """Writes that stand together, in the transaction that they share with others."""

    writes: Sequence[Write]
    future: asyncio.Future[Written]

    def settle(self, written: Written) -> None:
        # Whoever was cancelled in the meantime does not wait any more.
        if not self.future.done():
            self.future.set_result(written)


@dataclass(frozen=True, slots=True)
class _Errand:
    run: Errand
    future: asyncio.Future[int]

    def settle(self, result: int | Exception) -> None:
        if self.future.done():
            return
        if isinstance(result, Exception):
            self.future.set_exception(result)
        else:
            self.future.set_result(result)


class Writer:
    """
    Writes through *recorder* until it is closed. Belongs to the loop that first submits.

    *refusing* is told what writes come to.
    """

    def __init__(self, recorder: BatchRecorder, refusing: Refusing) -> None:
        self._recorder = recorder
        self._refusing = refusing
        self._waiting: deque[_Group | _Errand] = deque()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="seti-log-writer")
        self._listeners: list[Listener] = [refusing.taken]
        self._closed = False
        self._task: asyncio.Task[None] | None = None

    def listen(self, listener: Listener) -> None:
        """Call *listener* on the event loop with the last position after each commit."""
        self._listeners.append(listener)

    def write(self, writes: Sequence[Write]) -> asyncio.Future[Written]:
        """
        Return what will come of each of *writes*, which are written at consecutive positions.

        Raise `StoreUnavailable` if they are not taken.
        """
        future = asyncio.get_running_loop().create_future()
        self._take(_Group(writes, future))
        return future

    def run(self, errand: Errand) -> asyncio.Future[int]:
        """Return what will come of *errand*. Raise `StoreUnavailable` if it is not taken."""
        future = asyncio.get_running_loop().create_future()
        self._take(_Errand(errand, future))
        return future

    def _take(self, waiting: _Group | _Errand) -> None:
        if self._closed:
            raise StoreUnavailable("The log is closed.")
        if len(self._waiting) >= _WAITING_MAX:
            raise StoreUnavailable("Too many writes are waiting for the disk.")
        self._waiting.append(waiting)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._work())

    async def close(self) -> None:
        """Finish everything that was submitted, then let go of the log."""
        if self._closed:
            return
        self._closed = True
        if self._task is not None:
            await self._task
        await self._on_thread(self._recorder.close)
        self._thread.shutdown()

    async def _work(self) -> None:
        try:
            while self._waiting:
                if groups := self._next_groups():
                    await self._write_all(groups)
                else:
                    await self._run_errand(self._waiting.popleft())
        finally:
            self._task = None

    def _next_groups(self) -> list[_Group]:
        """Take the groups that come next, as many as go into one transaction."""
        groups: list[_Group] = []
        size = 0
        while self._waiting and size < _BATCH_MAX:
            group = self._waiting[0]
            if not isinstance(group, _Group):
                break
            self._waiting.popleft()
            groups.append(group)
            size += len(group.writes)
        return groups

    async def _write_all(self, groups: Sequence[_Group]) -> None:
        writes = [write for group in groups for write in group.writes]
        written: Written | None = self._recorder.stage(writes)
        if written is None:
            written = await self._on_thread(self._append, writes)
        else:
            written = await self._finish(written)
        at = 0
        for group in groups:
            group.settle(written[at : at + len(group.writes)])
            at += len(group.writes)
        last = max((result for result in written if isinstance(result, int)), default=0)
        if last:
            for listener in self._listeners:
                listener(last)

    async def _finish(self, written: Sequence[int | Exception]) -> Sequence[int | Exception]:
        try:
            await self._on_thread(self._recorder.finish)
        except Exception as error:  # noqa: BLE001 - whoever waits must hear of it, whatever it is
            reason = self._refusing.told(error)
            return [reason for _ in written]
        self._recorder.answers.committed()
        return written

    def _append(self, writes: Sequence[Write]) -> Sequence[int | Exception]:
        """Do a whole transaction, waiting for what it takes. Runs on the thread."""
        try:
            return self._recorder.append_batch(writes)
        except Exception as error:  # noqa: BLE001 - as above
            reason = self._refusing.told(error)
            if reason is not error or len(writes) == 1:
                return [reason for _ in writes]
            # One of them cannot be stored. Alone, it fails alone.
            return [result for write in writes for result in self._append([write])]

    async def _run_errand(self, errand: _Group | _Errand) -> None:
        if isinstance(errand, _Errand):
            errand.settle(await self._on_thread(self._result_of, errand.run))

    def _result_of(self, errand: Errand) -> int | Exception:
        try:
            return errand(self._recorder)
        except Exception as error:  # noqa: BLE001 - as above
            self._recorder.abandon()
            return StoreUnavailable(str(error)) if is_of_the_disk(error) else error

    async def _on_thread(self, work: Callable[..., T], *arguments: object) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, work, *arguments)

"""What is particular to the log on SQLite: its batches, its listeners, its bulk reading."""

import asyncio
import resource
import sqlite3
from asyncio import ensure_future as begun
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event as Gate

import pytest
from eventsourcing.sqlite import SQLiteDatastore, SQLiteProcessRecorder

from service.domain.values import SYSTEM
from service.store.protocol import KeyUsed, StoreUnavailable, WrongExpectedVersion
from service.store.sqlite import SqliteLog, open_log, open_log_for_reading
from service.store.sqlite.opening import LOG_FILE
from tests.eventually import eventually
from tests.logs import ANSWER, AT, after, answer, settled


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[SqliteLog]:
    opened = open_log(tmp_path, lock_wait_s=0.05)
    yield opened
    await opened.close()


@contextmanager
def one_batch(log: SqliteLog) -> Iterator[None]:
    """Hold the writer up, so that all that is submitted in the block is committed at once."""
    gate = Gate()
    log._writer.run(lambda _: int(gate.wait(5)))
    try:
        yield
    finally:
        gate.set()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock on *file* that a write needs, as a careless backup would."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def no_file_over(size: int) -> Iterator[None]:
    """Let the operating system refuse to write past *size* bytes, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def flood(log: SqliteLog, taken: list[asyncio.Future[int]]) -> None:
    while len(taken) < 20_000:
        taken.append(log._writer.run(lambda _: 1))


class TestBatch:
    async def test_is_one_transaction(self, log: SqliteLog) -> None:
        """What was submitted while the writer was busy is committed together, and told once."""
        commits: list[int] = []
        log.listen(commits.append)
        with one_batch(log):
            calls = [begun(log.append([after(0, f"cus_{n}")], SYSTEM)) for n in range(300)]
            await asyncio.sleep(0)
        assert await asyncio.gather(*calls) == list(range(1, 301))
        await eventually(lambda: commits == [300])

    async def test_lets_the_first_to_come_win(self, log: SqliteLog) -> None:
        """Races inside a batch end as they would between batches."""
        with one_batch(log):
            first = begun(log.append([after(0, "cus_1")], SYSTEM, ANSWER))
            same_stream = begun(log.append([after(0, "cus_1")], SYSTEM))
            same_key = begun(log.append([after(0, "cus_2")], SYSTEM, answer(request="req_2")))
            neighbour = begun(log.append([after(0, "cus_3")], SYSTEM, answer(digest=b"o" * 16)))
            await asyncio.sleep(0)
        results = await settled([first, same_stream, same_key, neighbour])
        assert [type(r) for r in results] == [int, WrongExpectedVersion, KeyUsed, int]
        assert results[3] == 2

    async def test_goes_on_without_who_gave_up(self, log: SqliteLog) -> None:
        """A caller that was cancelled costs its neighbours nothing; its command may be written."""
        with one_batch(log):
            calls = [begun(log.append([after(0, f"cus_{n}")], SYSTEM)) for n in range(3)]
            await asyncio.sleep(0)
            calls[1].cancel()
        results = await settled(calls)
        assert [results[0], results[2]] == [1, 3]

    async def test_spares_the_neighbours_of_what_cannot_be_bound(self, log: SqliteLog) -> None:
        """A value that SQLite cannot store is found in the middle of a batch, and fails alone."""
        bad = answer(digest=b"x" * 16, status=2**80)
        with one_batch(log):
            calls = [
                begun(log.append([after(0, f"cus_{n}")], SYSTEM, bad if n == 1 else None))
                for n in range(3)
            ]
            await asyncio.sleep(0)
        results = await settled(calls)
        assert [type(r) for r in results] == [int, OverflowError, int]
        assert [e.stream for e in await log.notifications(0, 9)] == ["cus_0", "cus_2"]

    async def test_has_a_bounded_queue(self, log: SqliteLog) -> None:
        """Where the disk falls too far behind, callers are refused rather than kept waiting."""
        taken: list[asyncio.Future[int]] = []
        with one_batch(log), pytest.raises(StoreUnavailable, match="Too many writes"):
            flood(log, taken)
        assert sum(await asyncio.gather(*taken)) == len(taken)
        assert await log.append([after(0, "cus_1")], SYSTEM) == 1


class TestDisk:
    async def test_that_is_locked_refuses_and_recovers(
        self, log: SqliteLog, tmp_path: Path
    ) -> None:
        """While another holds the file, every caller is told; afterwards all is as before."""
        with locked(tmp_path / LOG_FILE):
            results = await settled(log.append([after(0, f"cus_{n}")], SYSTEM) for n in range(9))
        assert {type(r) for r in results} == {StoreUnavailable}
        assert "locked" in (log.refused or "")
        assert await log.append([after(0, "cus_1")], SYSTEM) == 1
        assert not log.refused

    async def test_is_tried_where_nobody_writes(self, log: SqliteLog, tmp_path: Path) -> None:
        """Trying finds out that writes are taken again, no sooner, and writes no event."""
        with locked(tmp_path / LOG_FILE):
            await settled([log.append([after(0, "cus_1")], SYSTEM)])
            await log.try_to_write()
            assert "locked" in (log.refused or "")
        await log.try_to_write()
        assert not log.refused
        assert await log.append([after(0, "cus_1")], SYSTEM) == 1

    async def test_that_has_hardly_room_is_full(self, log: SqliteLog, tmp_path: Path) -> None:
        """Room for a page, which the next command will not do with, is none."""
        files = (tmp_path / LOG_FILE, tmp_path / f"{LOG_FILE}-wal")
        largest = max(file.stat().st_size for file in files)
        with no_file_over(largest + 20_000):
            await settled([log.append([after(0, "cus_1", 600)], SYSTEM)])
            await log.try_to_write()
            assert log.refused
        await log.try_to_write()
        assert not log.refused

    async def test_that_is_full_refuses_and_recovers(self, log: SqliteLog) -> None:
        """Where the disk is full, nothing is half done, and reads and later writes go on."""
        with no_file_over(300_000):
            results = [
                result
                for n in range(40)
                for result in await settled([log.append([after(0, f"cus_{n}", 60)], SYSTEM)])
            ]
        written = [n for n, result in enumerate(results) if isinstance(result, int)]
        assert {type(r) for r in results} == {int, StoreUnavailable}
        assert await log.append([after(0, "cus_last")], SYSTEM) == len(written) * 60 + 1
        histories = await log.load_many([(f"cus_{n}", None) for n in range(40)])
        assert [n for n, history in enumerate(histories) if len(history) == 60] == written

    async def test_survives_what_a_purge_meets(self, log: SqliteLog, tmp_path: Path) -> None:
        """A purge that fails is told to its caller, and the writer goes on."""
        with locked(tmp_path / LOG_FILE), pytest.raises(StoreUnavailable):
            await log.purge_answers(AT)
        assert await log.append([after(0, "cus_1")], SYSTEM) == 1


class TestPurge:
    async def test_takes_what_is_older(self, log: SqliteLog) -> None:
        """Answers from before an instant go, in as many steps as it takes; younger ones stay."""
        kept = [answer(digest=n.to_bytes(16, "big"), at=AT + n % 2) for n in range(1500)]
        await asyncio.gather(*(log.append([], SYSTEM, one) for one in kept))
        assert await log.purge_answers(AT + 1) == 750
        assert await log.answer(kept[0].digest) is None
        assert await log.answer(kept[1].digest) == kept[1]
        assert await log.purge_answers(AT + 1) == 0


class TestScan:
    async def test_reads_between_two_positions(self, log: SqliteLog) -> None:
        """It starts past the one, ends with the other, and cuts what is between in lists."""
        await log.append([after(0, "cus_1", 10)], SYSTEM)
        batches = [[e.position for e in batch] for batch in log.scan(2, 8, 4)]
        assert batches == [[3, 4, 5, 6], [7, 8]]

    async def test_reads_to_the_end(self, log: SqliteLog) -> None:
        """Without an end, it meets what was appended while it was reading."""
        await log.append([after(0, "cus_1", 2)], SYSTEM)
        batches = log.scan(0, None, 2)
        assert len(next(batches)) == 2
        await log.append([after(2, "cus_1", 1)], SYSTEM)
        assert [e.version for batch in batches for e in batch] == [3]

    async def test_names_a_file_that_is_damaged(self, tmp_path: Path) -> None:
        """Pages that were written over end a scan that comes to them, and the file is named."""
        log = open_log(tmp_path)
        await log.append([after(0, "cus_1", 2_000)], SYSTEM)
        await log.close()
        file = tmp_path / LOG_FILE
        with file.open("r+b") as pages:
            pages.seek(file.stat().st_size // 2)
            pages.write(b"\xa5" * (file.stat().st_size // 4))
        reads = open_log_for_reading(tmp_path)
        with pytest.raises(StoreUnavailable, match="malformed") as met:
            list(reads.scan(0, None, 100))
        assert met.value.file == file
        await reads.close()


class TestClosing:
    async def test_may_happen_while_others_read(self, log: SqliteLog) -> None:
        """Whoever reads on a thread of its own is told that the log is closed, at its next read."""
        await log.append([after(0, "cus_1", 50)], SYSTEM)
        reading = Gate()

        def read_on() -> None:
            while True:
                log.history("cus_1")
                log.heads(["cus_1"], 50)
                log.end()
                reading.set()

        read = begun(asyncio.to_thread(read_on))
        await eventually(reading.is_set)
        await log.close()
        with pytest.raises(StoreUnavailable, match="The log is closed"):
            await read


class TestFile:
    async def test_is_one_that_the_library_reads(self, log: SqliteLog, tmp_path: Path) -> None:
        """The schema, the ids and the readers of `eventsourcing` stay intact."""
        await log.append([after(0, "cus_1", 3)], SYSTEM)
        datastore = SQLiteDatastore(str(tmp_path / LOG_FILE), originator_id_type="text")
        recorder = SQLiteProcessRecorder(datastore)
        notifications = recorder.select_notifications(2, 10)
        assert [(n.id, n.originator_id, n.originator_version) for n in notifications] == [
            (2, "cus_1", 2),
            (3, "cus_1", 3),
        ]
        assert recorder.max_notification_id() == 3
        datastore.close()

    async def test_is_durable(self, log: SqliteLog) -> None:
        """The connection that writes waits for the disk: WAL, synchronous=FULL."""
        writing = log._writer._recorder.writing
        pragmas = ("journal_mode", "synchronous", "page_size", "wal_autocheckpoint")
        values = [writing.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in pragmas]
        assert values == ["wal", 2, 8192, 4000]

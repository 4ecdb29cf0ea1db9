"""How a log is found, made, kept from others, and what is said where it cannot be."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from service.domain.values import SYSTEM
from service.store.protocol import LogUnavailable, StoreUnavailable
from service.store.sqlite import open_log, open_log_for_reading
from service.store.sqlite.opening import LOG_FILE
from tests.descriptors import held_open
from tests.logs import ANSWER, after

OWNER = """
import sys
from pathlib import Path
from service.store.sqlite import open_log
log = open_log(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process_in(directory: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(directory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "open\n"
        yield owner
        owner.kill()


def names_in(directory: Path) -> list[str]:
    return sorted(file.name for file in directory.iterdir())


class TestOpenLog:
    async def test_makes_what_is_missing(self, tmp_path: Path) -> None:
        """A data directory, and those above it, are made; an empty log stands at 0."""
        log = open_log(tmp_path / "deep" / "down")
        assert await log.head() == 0
        assert len(log.log_id) == 32
        await log.close()

    async def test_finds_everything_again(self, tmp_path: Path) -> None:
        """Events, answers and the log's own id survive a restart; another log has another id."""
        first, other = open_log(tmp_path / "1"), open_log(tmp_path / "2")
        await first.append([after(0, "cus_1", 3)], SYSTEM, ANSWER)
        await first.close()
        again = open_log(tmp_path / "1")
        assert len(await again.load("cus_1")) == 3
        assert await again.answer(ANSWER.digest) == ANSWER
        assert again.log_id == first.log_id != other.log_id
        assert await again.append([after(3, "cus_1")], SYSTEM) == 4
        await again.close()
        await other.close()

    async def test_refuses_a_directory_in_use(self, tmp_path: Path) -> None:
        """A second process is told who has the directory, and gets it once that one is gone."""
        in_use = r"in use by another Seti \(process %d\)"
        with (
            another_process_in(tmp_path) as owner,
            pytest.raises(LogUnavailable, match=in_use % owner.pid),
        ):
            open_log(tmp_path)
        await open_log(tmp_path).close()

    def test_refuses_a_directory_it_cannot_make(self, tmp_path: Path) -> None:
        """A file in the way is named, with the reason."""
        (tmp_path / "file").touch()
        with pytest.raises(LogUnavailable, match="file/data cannot be written to: Not a directory"):
            open_log(tmp_path / "file" / "data")

    def test_refuses_what_is_no_database(self, tmp_path: Path) -> None:
        """A file of another kind is named, left alone, and the directory is free again."""
        (tmp_path / LOG_FILE).write_bytes(b"This is not a database." * 100)
        for _ in range(2):
            with pytest.raises(LogUnavailable, match="as a log: file is not a") as refused:
                open_log(tmp_path)
            # Whoever keeps what was raised keeps no file open with it.
            assert refused.value
            assert not held_open(tmp_path / LOG_FILE)
        assert (tmp_path / LOG_FILE).read_bytes().startswith(b"This is not a database.")

    def test_refuses_somebody_elses_database(self, tmp_path: Path) -> None:
        """A database that Seti did not make gets none of its tables."""
        with closing(sqlite3.connect(tmp_path / LOG_FILE)) as theirs:
            theirs.execute("CREATE TABLE theirs (one)")
        for opening in (open_log, open_log_for_reading):
            with pytest.raises(LogUnavailable, match="not one of Seti's"):
                opening(tmp_path)

    async def test_refuses_a_later_schema(self, tmp_path: Path) -> None:
        """An older Seti does not touch what a newer one wrote."""
        await open_log(tmp_path).close()
        with closing(sqlite3.connect(tmp_path / LOG_FILE)) as later:
            later.execute("PRAGMA user_version = 3")
        with pytest.raises(LogUnavailable, match="later version of Seti"):
            open_log(tmp_path)


class TestOpenLogForReading:
    async def test_reads_beside_the_owner(self, tmp_path: Path) -> None:
        """What is committed is seen at once, by whoever may read the directory."""
        log = open_log(tmp_path)
        reads = open_log_for_reading(tmp_path)
        await log.append([after(0, "cus_1", 3)], SYSTEM)
        assert await reads.head() == 3
        assert reads.log_id == log.log_id
        await reads.close()
        await log.close()

    async def test_reads_where_nobody_writes(self, tmp_path: Path) -> None:
        """A log at rest is read without waking its owner."""
        log = open_log(tmp_path)
        await log.append([after(0, "cus_1", 3)], SYSTEM)
        await log.close()
        reads = open_log_for_reading(tmp_path)
        assert len(await reads.load("cus_1")) == 3
        await reads.close()

    def test_refuses_where_there_is_no_log(self, tmp_path: Path) -> None:
        """Reading makes nothing."""
        with pytest.raises(LogUnavailable, match="There is no log in the data directory"):
            open_log_for_reading(tmp_path)
        assert list(tmp_path.iterdir()) == []


class TestClose:
    async def test_commits_what_was_submitted(self, tmp_path: Path) -> None:
        """Nothing that was under way is lost, and later writes are refused."""
        log = open_log(tmp_path)
        pending = [log._writer.run(lambda _: 7) for _ in range(5)]
        await log.close()
        assert [await one for one in pending] == [7] * 5
        with pytest.raises(StoreUnavailable, match="The log is closed"):
            await log.append([after(0, "cus_1")], SYSTEM)
        await log.close()

    async def test_leaves_one_file(self, tmp_path: Path) -> None:
        """The write-ahead log is moved to the database, which can be copied as it is."""
        log = open_log(tmp_path)
        await log.append([after(0, "cus_1")], SYSTEM)
        await log.close()
        assert names_in(tmp_path) == ["seti.lock", LOG_FILE]

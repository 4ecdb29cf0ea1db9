"""Backups and restores that do not come to their end: what they leave looks like nothing."""

import asyncio
import signal
from pathlib import Path
from typing import Final

import pytest

from tests.e2e.long_log import fill
from tests.e2e.server import Server, until
from tests.e2e.shell import Ended, Shell

# In blocks of 512 bytes, which is less than the log takes.
ENOUGH_FOR_SOME: Final = 4000
INTERRUPTED: Final = 130


@pytest.fixture(scope="module", name="shell")
def _shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell beside a log that takes a while to copy, and that nobody serves."""
    server = Server(tmp_path_factory.mktemp("large") / "data").start()
    server.stop()
    asyncio.run(fill(server.data_dir, 300, 100))
    return Shell(server.data_dir, server.url)


@pytest.fixture(scope="module", name="backup")
def _backup(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("whole") / "backup"
    assert shell.seti("backup", str(directory)).returncode == 0
    return directory


def on_a_full_disk(shell: Shell, command: str) -> Ended:
    """Run a command of `seti` that can write no file to its end."""
    return shell.run("sh", "-c", f"ulimit -f {ENOUGH_FOR_SOME}; exec python -m service {command}")


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM], ids=lambda by: by.name)
def test_a_backup_that_is_told_to_end_leaves_nothing(
    shell: Shell, tmp_path: Path, by: signal.Signals
) -> None:
    """Ended half-way there is no backup, nor a part of one; ended too late it is whole."""
    running = shell.leave_running(
        f"exec python -m service backup {tmp_path / 'backup'} 2>/dev/null >/dev/null"
    )
    until(lambda: list(tmp_path.rglob("*.sqlite3")) or running.poll() is not None)
    running.send_signal(by)
    if running.wait() == INTERRUPTED:
        assert list(tmp_path.iterdir()) == []
    else:
        assert [file.name for file in tmp_path.iterdir()] == ["backup"]
        new = str(tmp_path / "new")
        assert shell.seti("restore", str(tmp_path / "backup"), "--data-dir", new).returncode == 0


def test_a_backup_on_a_full_disk_leaves_nothing(shell: Shell, tmp_path: Path) -> None:
    """Where there is no room it is told in one line, and what was written is taken away."""
    ended = on_a_full_disk(shell, f"backup {tmp_path / 'backup'}")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "The backup did not succeed" in ended.stderr.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_a_restore_on_a_full_disk_leaves_nothing(
    shell: Shell, backup: Path, tmp_path: Path
) -> None:
    """What was brought back so far goes again, and the master key that was there stays."""
    new = tmp_path / "new"
    new.mkdir()
    (new / "master.key").write_text("ab" * 32)
    ended = on_a_full_disk(shell, f"restore {backup} --data-dir {new}")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "The restore did not succeed" in ended.stderr.splitlines()[-1]
    assert {file.name for file in new.iterdir()} <= {"master.key", "seti.lock"}
    assert shell.seti("restore", str(backup), "--data-dir", str(new)).returncode == 0


def test_half_of_a_restore_is_no_data_directory(shell: Shell, backup: Path, tmp_path: Path) -> None:
    """Where a restore was killed before it brought the log, nothing starts from what is there."""
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "ledger.sqlite3").write_bytes((backup / "ledger.sqlite3").read_bytes())
    half = Shell(tmp_path / "half", shell.url)
    ended = half.seti("serve", "--port", "0")
    assert ended.returncode == 2
    assert "belongs to another log" in ended.stderr
    ended = shell.seti("restore", str(backup), "--data-dir", str(tmp_path / "half"))
    assert (ended.returncode, "holds something already" in ended.stderr) == (2, True)

"""Backups that are made beside a busy server, and what is restored from them."""

import json
import os
import signal
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.e2e.client import Api
from tests.e2e.intents import CARD, INTENTS
from tests.e2e.server import SECRET_KEY, Server, until
from tests.e2e.shell import Shell
from tests.e2e.subscriber import subscriber

FILES: Final = {"backup.json", "ledger.sqlite3", "seals.ndjson", "seti.sqlite3"}
ENOUGH: Final = 50
OFTEN: Final = "0" + ",1" * 19


@pytest.fixture(name="shell")
def _shell(own_server: Server) -> Shell:
    return Shell(own_server.data_dir, own_server.url)


@contextmanager
def load(server: Server) -> Iterator[list[str]]:
    """Make intents without a break while the block runs; give those that were answered."""
    made: list[str] = []
    stopped = threading.Event()

    def work() -> None:
        with Api(server.url, SECRET_KEY) as api:
            while not stopped.is_set():
                made.append(api.post(INTENTS, CARD).object["id"])

    thread = threading.Thread(target=work)
    thread.start()
    try:
        until(lambda: len(made) >= ENOUGH)
        yield made
    finally:
        stopped.set()
        thread.join()


def restored(shell: Shell, backup: Path, into: Path) -> Server:
    """Return a server over what *backup* holds, not yet started."""
    ended = shell.seti("restore", str(backup), "--data-dir", str(into))
    assert ended.returncode == 0, ended.stderr
    return Server(into)


class TestBackup:
    def test_is_whole_whatever_is_written_meanwhile(
        self, own_server: Server, shell: Shell, tmp_path: Path
    ) -> None:
        """The log is in it up to its position, byte for byte; so are the seals and the views."""
        with load(own_server) as made:
            before = list(made)
            ended = shell.seti("backup", str(tmp_path / "backup"))
            after = len(made)
            until(lambda: len(made) > after + ENOUGH)
        assert ended.returncode == 0, ended.stderr
        assert "master key is not in it" in ended.stderr
        with Api(own_server.url, SECRET_KEY) as api:
            bodies = {name: api.get(f"{INTENTS}/{name}").body for name in before}
            position = int(ended.stdout.split()[-1].rstrip("."))
            log = api.get("/seti/v1/log", {"until": position}).body
        again = restored(shell, tmp_path / "backup", tmp_path / "again").start()
        try:
            with Api(again.url, SECRET_KEY) as api:
                assert {name: api.get(f"{INTENTS}/{name}").body for name in before} == bodies
                assert api.get("/seti/v1/log").body == log
            there = Shell(again.data_dir, again.url)
            assert there.seti("rebuild", "--check").returncode == 0
            assert there.seti("verify").returncode == 0
        finally:
            again.close()

    def test_delivers_what_was_open(self, own_server: Server, shell: Shell, tmp_path: Path) -> None:
        """A delivery that waited when it was made is made by the server that is restored."""
        own_server.settings["SETI_RETRY_SCHEDULE"] = OFTEN
        own_server.restart()
        with subscriber() as there, Api(own_server.url, SECRET_KEY) as api:
            form = {"url": there.url, "enabled_events": ["customer.created"]}
            there.secret = api.post("/v1/webhook_endpoints", form).object["secret"]
            there.answers = [500] * OFTEN.count(",")
            person = api.post("/v1/customers").object["id"]
            until(lambda: there.types)
            own_server.stop()
            there.answers.clear()
            heard = len(there.types)
            assert shell.seti("backup", str(tmp_path / "backup")).returncode == 0
            again = restored(shell, tmp_path / "backup", tmp_path / "again")
            again.settings["SETI_RETRY_SCHEDULE"] = OFTEN
            again.start()
            try:
                until(lambda: len(there.types) > heard)
                assert set(there.types) == {("customer.created", person)}
            finally:
                again.close()

    def test_is_for_its_owner_alone(self, shell: Shell, tmp_path: Path) -> None:
        """Nobody else may read it, and the master key is in it only when asked."""
        plain, keyed = tmp_path / "plain", tmp_path / "keyed"
        assert shell.seti("backup", str(plain)).returncode == 0
        assert shell.seti("backup", str(keyed), "--with-master-key").returncode == 0
        assert {file.name for file in plain.iterdir()} == FILES
        assert {file.name for file in keyed.iterdir()} == {*FILES, "master.key"}
        for file in (plain, keyed, *plain.iterdir(), *keyed.iterdir()):
            assert not stat.S_IMODE(file.stat().st_mode) & 0o077, file

    def test_is_never_written_over(self, shell: Shell, tmp_path: Path) -> None:
        """A directory that is there is left as it is."""
        (tmp_path / "backup").mkdir()
        ended = shell.seti("backup", str(tmp_path / "backup"))
        assert (ended.returncode, list((tmp_path / "backup").iterdir())) == (2, [])
        assert "never written over" in ended.stderr

    def test_that_is_killed_is_not_there(
        self, own_server: Server, shell: Shell, tmp_path: Path
    ) -> None:
        """What a killed backup leaves is no backup, and the next one is made beside it."""
        script = f"exec python -m service backup {tmp_path / 'backup'}"
        running = shell.leave_running(script)
        until(lambda: list(tmp_path.iterdir()) or running.poll() is not None)
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        if not (tmp_path / "backup").exists():
            assert shell.seti("backup", str(tmp_path / "backup")).returncode == 0
        assert {file.name for file in (tmp_path / "backup").iterdir()} == FILES
        assert own_server.views_are_whole


class TestRestore:
    @pytest.fixture(name="backup")
    def _backup(self, shell: Shell, tmp_path: Path) -> Path:
        assert shell.seti("backup", str(tmp_path / "backup")).returncode == 0
        return tmp_path / "backup"

    def test_refuses_a_directory_in_use(
        self, own_server: Server, shell: Shell, backup: Path
    ) -> None:
        """A running server's data is not replaced under it."""
        ended = shell.seti("restore", str(backup))
        assert ended.returncode == 2
        assert f"in use by another Seti (process {own_server.pid})" in ended.stderr

    def test_refuses_a_directory_that_holds_something(
        self, shell: Shell, backup: Path, tmp_path: Path
    ) -> None:
        """Nothing is written over, or beside what does not belong to it."""
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "ledger.sqlite3").write_bytes(b"old")
        ended = shell.seti("restore", str(backup), "--data-dir", str(tmp_path / "full"))
        assert ended.returncode == 2
        assert "holds something already (ledger.sqlite3)" in ended.stderr
        assert (tmp_path / "full" / "ledger.sqlite3").read_bytes() == b"old"

    @pytest.mark.parametrize("name", ["ledger.sqlite3", "seti.sqlite3"])
    def test_refuses_what_was_altered(
        self, shell: Shell, backup: Path, tmp_path: Path, name: str
    ) -> None:
        """A backup is held against its digests before anything is made of it."""
        content = bytearray((backup / name).read_bytes())
        content[-1] ^= 1
        (backup / name).write_bytes(content)
        ended = shell.seti("restore", str(backup), "--data-dir", str(tmp_path / "new"))
        assert ended.returncode == 2
        assert f"{name} is not what was backed up" in ended.stderr
        assert not (tmp_path / "new" / name).exists()

    def test_refuses_what_is_no_backup(self, shell: Shell, tmp_path: Path) -> None:
        """Any other directory is told apart."""
        (tmp_path / "other").mkdir()
        ended = shell.seti("restore", str(tmp_path / "other"), "--data-dir", str(tmp_path / "new"))
        assert ended.returncode == 2
        assert "is no backup" in ended.stderr

    def test_brings_the_master_key_where_it_is_needed(self, shell: Shell, tmp_path: Path) -> None:
        """Without a key in the settings the one in the backup is put in its place."""
        keyed, new = tmp_path / "keyed", tmp_path / "new"
        assert shell.seti("backup", str(keyed), "--with-master-key").returncode == 0
        assert json.loads((keyed / "backup.json").read_bytes())["sha256"].keys() >= {"master.key"}
        assert shell.seti("restore", str(keyed), "--data-dir", str(new)).returncode == 0
        assert (new / "master.key").read_bytes() == (keyed / "master.key").read_bytes()

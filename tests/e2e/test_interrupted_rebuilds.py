"""A rebuild that is ended half-way goes on from there, and what is read switches in one step."""

import asyncio
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
import redis
import redis.asyncio

from projections.embedded import EmbeddedServer
from projections.keys import BUILDING, GENERATIONS, Marker
from projections.launching import SNAPSHOT, SOCKET
from projections.rebuild import STRETCH
from service.sockets import socket_in
from tests.e2e.long_log import fill
from tests.e2e.server import until
from tests.e2e.shell import Shell
from tests.valkey import held_up

STREAMS: Final = 300
EACH: Final = 1000
EVENTS: Final = STREAMS * EACH


@pytest.fixture(scope="module", name="data_dir")
def _data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log that takes several stretches to rebuild."""
    directory = tmp_path_factory.mktemp("long")
    asyncio.run(fill(directory, STREAMS, EACH))
    return directory


def built_in(data_dir: Path) -> Marker | None:
    """Return what the Redis beside *data_dir* says, None where none answers."""
    socket = str(socket_in(data_dir / "valkey", SOCKET))
    try:
        with redis.Redis(unix_socket_path=socket) as client:
            raw: bytes | None = client.get(BUILDING)
    except redis.ConnectionError:
        return None
    return Marker.read(raw)


def is_half_way(data_dir: Path) -> bool:
    building = built_in(data_dir)
    return building is not None and building.position >= STRETCH


def generations(data_dir: Path) -> int:
    """Return how many generations of views a server beside *data_dir* finds when it starts."""

    async def count() -> int:
        server = EmbeddedServer(data_dir / "valkey")
        await server.start()
        try:
            async with redis.asyncio.Redis.from_url(server.url) as client:
                return int(await client.scard(GENERATIONS))
        finally:
            await server.stop()

    return asyncio.run(count())


def ended_half_way(shell: Shell, by: signal.Signals) -> int:
    """Begin a rebuild, end it *by* a signal to it alone, and return its status."""
    running = shell.leave_running("exec python -m service rebuild 2>/dev/null >/dev/null")
    until(lambda: is_half_way(shell.data_dir) or running.poll() is not None)
    running.send_signal(by)
    return running.wait()


def events_built(ended: subprocess.CompletedProcess[str]) -> int:
    assert ended.returncode == 0, ended.stderr
    found = re.search(r"^(\d+) events", ended.stdout, re.MULTILINE)
    assert found is not None, ended.stdout
    return int(found[1])


# The views are in a server that reads its snapshot for as long as nobody says otherwise.
HELD_UP = """
from pathlib import Path
from projections import embedded
from service.cli import main

embedded.find_server = lambda: Path({server!r})
main()
"""


@pytest.mark.parametrize("command", ["rebuild", "rebuild --check"])
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM], ids=lambda by: by.name)
def test_ends_while_the_snapshot_is_read(tmp_path: Path, by: signal.Signals, command: str) -> None:
    """What is told to end while it waits for the views ends, and so does their server."""
    asyncio.run(fill(tmp_path / "data", 1, 1))
    snapshot = tmp_path / "data" / "valkey" / SNAPSHOT
    snapshot.parent.mkdir()
    snapshot.write_bytes(b"much")
    program = shlex.quote(HELD_UP.format(server=str(held_up(tmp_path))))
    shell = Shell(tmp_path / "data", "http://127.0.0.1:0")
    said = tmp_path / "said"
    running = shell.leave_running(f"exec {sys.executable} -c {program} {command} 2>{said}")
    pid = tmp_path / "server.pid"
    until(lambda: pid.exists() and pid.read_text().endswith("\n"))
    running.send_signal(by)
    assert running.wait() == 130
    assert "Traceback" not in said.read_text()
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
    assert snapshot.read_bytes() == b"much"


@pytest.mark.parametrize(
    "by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda by: by.name
)
def test_goes_on_where_it_was_ended(data_dir: Path, by: signal.Signals) -> None:
    """Whatever ends it, what is built is built once, and right."""
    shell = Shell(data_dir, "http://127.0.0.1:0")
    status = ended_half_way(shell, by)
    assert status == (-signal.SIGKILL if by is signal.SIGKILL else 130)
    assert 0 < events_built(shell.seti("rebuild")) <= EVENTS - STRETCH
    checked = shell.seti("rebuild", "--check")
    assert "; 0 differences" in checked.stdout
    assert generations(data_dir) == 1

"""A rebuild that is ended half-way goes on from there, and what is read switches in one step."""

import asyncio
import re
import signal
import subprocess
from pathlib import Path
from typing import Final

import pytest
import redis
import redis.asyncio

from projections.embedded import EmbeddedServer
from projections.keys import BUILDING, GENERATIONS, Marker
from projections.launching import SOCKET
from projections.rebuild import STRETCH
from service.sockets import socket_in
from tests.e2e.long_log import fill
from tests.e2e.server import until
from tests.e2e.shell import Shell

STREAMS: Final = 600
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

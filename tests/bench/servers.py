"""The servers under load: each a process of its own, on the first core."""

import os
import socket
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.bench.asked import SECRET_KEY
from tests.eventually import eventually

START_S: Final = 60.0
STOP_S: Final = 20.0


# Those that this process may use, before it keeps to some of them.
CORES: Final = frozenset(os.sched_getaffinity(0))
SERVER_CORE: Final = frozenset({min(CORES)})
# All others, or the only one.
LOAD_CORES: Final = CORES - SERVER_CORE or CORES


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(core: Collection[int], log: Path, *command: str, **environ: str) -> Iterator[int]:
    """
    Run *command* (a module and its arguments) on *core*; its output goes to *log*.

    Give its process id.
    """
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", *command],
            env={**os.environ, **environ},
            stdout=out,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: os.sched_setaffinity(0, core),  # noqa: PLW1509 - before any thread
        )
        try:
            yield server.pid
        finally:
            _stop(server)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def seti_environment(data_dir: Path, port: int) -> dict[str, str]:
    return {
        "SETI_DATA_DIR": str(data_dir),
        "SETI_PORT": str(port),
        "SETI_SECRET_KEY": SECRET_KEY,
    }


async def listening(port: int) -> None:
    """Wait until *port* of this machine takes connections."""
    await eventually(lambda: _connects(port), within=START_S)


def _connects(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

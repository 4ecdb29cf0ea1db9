"""The log as a stream where it is far longer than what lies between a server and a reader."""

import asyncio
import http.client
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

import pytest

from tests.e2e.client import Api
from tests.e2e.intents import INTENTS, saved
from tests.e2e.long_log import fill
from tests.e2e.server import SECRET_KEY, Server
from tests.e2e.streaming import Stream

LOG: Final = "/seti/v1/log"
STREAMS, EACH = 400, 100
READERS: Final = 8
# All of it, as it is told, is some 16 MB.
MEMORY_MAX_MB: Final = 24


@pytest.fixture(scope="module", name="long")
def _long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a log of forty thousand events, which its account owns."""
    server = Server(tmp_path_factory.mktemp("long") / "data")
    server.start().stop()
    asyncio.run(fill(server.data_dir, STREAMS, EACH))
    # They are built sooner than caught up with.
    shutil.rmtree(server.data_dir / "valkey")
    yield server.start()
    server.close()


def memory_mb(server: Server) -> int:
    """Return how much memory the server's own process holds."""
    lines = Path(f"/proc/{server.pid}/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith("VmRSS:"))
    return int(line.split()[1]) // 1024


def until_cut_off(stream: Stream) -> list[int]:
    """Return the positions that are still told before the connection breaks."""
    told: list[int] = []
    # Where it breaks may be the middle of a line, or look like the end.
    with suppress(http.client.HTTPException, OSError, ValueError):
        while (line := stream.line()) is not None:
            told.append(line["position"])
    return told


def test_is_gone_on_with_after_a_kill(long: Server) -> None:
    """Who was cut off asks again after the last position, and has then read everything once."""
    with Stream(long.url, LOG) as stream:
        told = [stream.told()["position"] for _ in range(50)]
        long.kill()
        told += until_cut_off(stream)
    long.start()
    assert told[-1] < STREAMS * EACH
    with Stream(long.url, LOG, {"after": told[-1]}) as stream:
        told += [line["position"] for line in stream.rest()]
    assert told == list(range(1, told[-1] + 1))
    assert told[-1] >= STREAMS * EACH


def test_costs_no_memory_for_who_does_not_read(long: Server) -> None:
    """However many readers have stalled, nothing is kept for them, and everybody else is served."""
    with Api(long.url, SECRET_KEY) as api, ExitStack() as stalled:
        assert api.get(LOG, {"after": STREAMS * EACH}).status == 200
        before = memory_mb(long)
        for _ in range(READERS):
            stalled.enter_context(Stream(long.url, LOG)).line()
        name = saved(api)["id"]
        assert api.get(f"{INTENTS}/{name}").status == 200
        with Stream(long.url, LOG, {"after": STREAMS * EACH // 2}) as reader:
            assert sum(1 for _ in reader.rest()) > STREAMS * EACH // 2
        assert memory_mb(long) - before < MEMORY_MAX_MB

"""
The load: keep-alive connections that send prebuilt requests, one at a time each.

It does as little as can be done in Python for an answer (find its end, look at its status),
so that what is measured is the server. Responses must carry a Content-Length.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Final, cast

_LENGTH: Final = b"\r\ncontent-length:"
_HEADERS_MAX: Final = 2048


@dataclass(slots=True)
class Load:
    """What came of one run of load. Latencies are in seconds, in the order of the answers."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    failures: list[bytes] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers with a 2xx in a second."""
        return (len(self.latencies) - len(self.failures)) / self.seconds

    def percentile_ms(self, percent: int) -> float:
        """Return the latency that *percent* of the answers did not exceed."""
        return quantiles(self.latencies, n=100)[percent - 1] * 1000


class Source:
    """Hands out requests until there are no more, or the time is over."""

    def __init__(self, requests: Iterator[bytes], seconds: float, *, keep_bodies: bool) -> None:
        self.load = Load()
        self.keep_bodies = keep_bodies
        self._requests = requests
        self._started = time.perf_counter()
        self._ends = self._started + seconds

    def next(self, now: float) -> bytes | None:
        if now >= self._ends:
            return None
        return next(self._requests, None)

    def finished(self) -> Load:
        self.load.seconds = time.perf_counter() - self._started
        return self.load


class Connection(asyncio.Protocol):
    """One of the clients: sends a request, waits for its whole answer, sends the next."""

    def __init__(self, source: Source) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._source = source
        self._load = source.load
        self._received = b""
        self._sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are none of asyncio's classes, only shaped like them.
        self._transport = cast("asyncio.WriteTransport", transport)
        self._send(time.perf_counter())

    def data_received(self, data: bytes) -> None:
        received = self._received + data if self._received else data
        body_at = received.find(b"\r\n\r\n") + 4
        if body_at < 4 or len(received) < body_at + content_length(received[:body_at]):
            self._received = received
            return
        self._received = b""
        now = time.perf_counter()
        self._load.latencies.append(now - self._sent_at)
        if received[9:10] != b"2":
            self._load.failures.append(received)
        elif self._source.keep_bodies:
            self._load.bodies.append(received[body_at:])
        self._send(now)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server closed the connection"))

    def _send(self, now: float) -> None:
        request = self._source.next(now)
        if request is None:
            self.done.set_result(None)
            self._transport.close()
            return
        self._sent_at = now
        self._transport.write(request)


def content_length(head: bytes) -> int:
    at = head.lower().find(_LENGTH)
    if at < 0:
        raise ValueError(head[:_HEADERS_MAX])
    at += len(_LENGTH)
    return int(head[at : head.find(b"\r", at)])


async def drive(
    port: int,
    requests: Iterator[bytes],
    *,
    connections: int,
    seconds: float,
    keep_bodies: bool = False,
) -> Load:
    """Send *requests* to *port* of this machine from so many *connections* for *seconds*."""
    loop = asyncio.get_running_loop()
    source = Source(requests, seconds, keep_bodies=keep_bodies)
    opened = [
        await loop.create_connection(lambda: Connection(source), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.gather(*(connection.done for _, connection in opened))
    return source.finished()

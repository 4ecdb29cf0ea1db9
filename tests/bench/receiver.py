"""A subscriber that counts what it is sent and answers 200: at once, or while it is busy late."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final, cast

from tests.bench.load import content_length

_OK: Final = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
_BUSY_S: Final = 1.0

# Told of each request that is taken, and of when its first byte came.
Heard = Callable[[bytes, float], None]


def _unheard(_request: bytes, _at: float) -> None:
    """Listen to nothing: it is counted."""


class Receiver:
    """
    Counts deliveries, and knows when the first and the last one came.

    While it is *busy* each answer takes a second, so that a backlog grows. *sample* is the
    newest request.
    """

    def __init__(self, heard: Heard = _unheard, *, busy: bool = False) -> None:
        self.busy = busy
        self.port = 0
        self.count = 0
        self.first_at = 0.0
        self.last_at = 0.0
        self.sample = b""
        self._heard = heard
        # How many came while it was busy, and who waits for an answer.
        self._before = 0
        self._waiting: dict[asyncio.WriteTransport, asyncio.TimerHandle] = {}

    def take(self, request: bytes, at: float, transport: asyncio.WriteTransport) -> None:
        """Take a request whose first byte came *at* an instant, and answer it."""
        self.last_at = time.perf_counter()
        if not self.count:
            self.first_at = self.last_at
        self.count += 1
        self.sample = request
        self._heard(request, at)
        if self.busy:
            loop = asyncio.get_running_loop()
            self._waiting[transport] = loop.call_later(_BUSY_S, self._answer, transport)
        else:
            transport.write(_OK)

    def let_go(self) -> None:
        """Be busy no longer, and measure the rate from now on."""
        self.busy = False
        self.first_at, self._before = time.perf_counter(), self.count
        for transport, later in list(self._waiting.items()):
            later.cancel()
            self._answer(transport)

    @property
    def rate(self) -> float:
        """Deliveries in a second, between the first that counts and the last."""
        return (self.count - self._before) / (self.last_at - self.first_at)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Take what comes while the block runs."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Inbound(self), "127.0.0.1", 0, backlog=2048)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield

    def _answer(self, transport: asyncio.WriteTransport) -> None:
        self._waiting.pop(transport, None)
        transport.write(_OK)


class _Inbound(asyncio.Protocol):
    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._received = b""
        self._began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are none of asyncio's classes, only shaped like them.
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        if not self._received:
            self._began = time.perf_counter()
        self._received += data
        body_at = self._received.find(b"\r\n\r\n") + 4
        if body_at < 4 or len(self._received) < body_at + content_length(self._received[:body_at]):
            return
        request, self._received = self._received, b""
        self._receiver.take(request, self._began, self._transport)

"""A subscriber that counts what it is sent and answers 200 at once, when it is ready to."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final, cast

from tests.bench.load import content_length

_OK: Final = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
_LATER: Final = b"HTTP/1.1 429 Later\r\nRetry-After: 4\r\nContent-Length: 0\r\n\r\n"

# Told of each request that is taken, and of when its first byte came.
Heard = Callable[[bytes, float], None]


def _unheard(_request: bytes, _at: float) -> None:
    """Listen to nothing: it is counted."""


class Receiver:
    """
    Counts deliveries, and knows when the first and the last one came.

    While it is *busy* it asks to be left alone for a moment. *sample* is the newest request.
    """

    def __init__(self, heard: Heard = _unheard) -> None:
        self.busy = False
        self.port = 0
        self.count = 0
        self.first_at = 0.0
        self.last_at = 0.0
        self.sample = b""
        self._heard = heard

    def answer(self, request: bytes, at: float) -> bytes:
        """Take a request whose first byte came *at* an instant, and return what to answer."""
        if self.busy:
            return _LATER
        self.last_at = time.perf_counter()
        if not self.count:
            self.first_at = self.last_at
        self.count += 1
        self.sample = request
        self._heard(request, at)
        return _OK

    @property
    def rate(self) -> float:
        """Deliveries in a second, between the first and the last."""
        return self.count / (self.last_at - self.first_at)

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
        self._transport.write(self._receiver.answer(request, self._began))

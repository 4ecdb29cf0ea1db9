"""A subscriber that counts what it is sent and answers 200 at once."""

import asyncio
import time
from typing import Final, cast

from tests.bench.load import content_length

_OK: Final = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


class Receiver:
    """Counts deliveries, and knows when the first and the last one came."""

    def __init__(self) -> None:
        self.count = 0
        self.first_at = 0.0
        self.last_at = 0.0

    def received(self) -> None:
        self.last_at = time.perf_counter()
        if not self.count:
            self.first_at = self.last_at
        self.count += 1

    @property
    def rate(self) -> float:
        """Deliveries in a second, between the first and the last."""
        return self.count / (self.last_at - self.first_at)

    async def listen(self) -> tuple[asyncio.Server, int]:
        """Return the server and its port."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Inbound(self), "127.0.0.1", 0)
        return server, server.sockets[0].getsockname()[1]


class _Inbound(asyncio.Protocol):
    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are none of asyncio's classes, only shaped like them.
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        body_at = self._received.find(b"\r\n\r\n") + 4
        if body_at < 4 or len(self._received) < body_at + content_length(self._received[:body_at]):
            return
        self._received = b""
        self._receiver.received()
        self._transport.write(_OK)

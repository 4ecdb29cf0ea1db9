"""Receivers on real sockets, honest and hostile, that write down what they were sent."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@dataclass(frozen=True, slots=True)
class Received:
    """One request, as it came. *connection* counts from 1."""

    connection: int
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Peer:
    """The receiver's end of one connection."""

    receiver: "Receiver"
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    number: int

    async def take(self) -> Received:
        """Read one whole request and keep it."""
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        lines = head.split("\r\n")[1:-2]
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines)}
        body = await self.reader.readexactly(int(headers.get("content-length", 0)))
        received = Received(self.number, headers, body)
        self.receiver.received.append(received)
        return received

    async def say(self, answer: bytes) -> None:
        self.writer.write(answer)
        await self.writer.drain()


Behaviour = Callable[[Peer], Awaitable[None]]


@dataclass(slots=True)
class Receiver:
    """Where to reach a receiver, and what has reached it."""

    behaviour: Behaviour
    scheme: str = "http"
    host: str = "127.0.0.1"
    port: int = 0
    connections: int = 0
    hung_up: int = 0
    received: list[Received] = field(default_factory=list)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}/hook"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self.behaviour(Peer(self, reader, writer, self.connections))
        self.hung_up += 1
        self.tasks.discard(task)
        writer.close()

    async def close(self) -> None:
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


@asynccontextmanager
async def receiver(
    behaviour: Behaviour, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Receiver]:
    """Serve *behaviour* on a free port of the loopback until the block is left."""
    served = Receiver(behaviour, scheme="https" if tls else "http")
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0, ssl=tls)
    served.port = server.sockets[0].getsockname()[1]
    try:
        yield served
    finally:
        server.close()
        await served.close()


def answering(*answers: bytes) -> Behaviour:
    """Answer each request of a connection in turn, the last one for ever."""

    async def behave(peer: Peer) -> None:
        at = 0
        while True:
            await peer.take()
            await peer.say(answers[min(at, len(answers) - 1)])
            at += 1

    return behave


def in_turn(*answers: bytes) -> Behaviour:
    """Give each request, on whichever connection, the next answer, and the last for ever."""
    left = list(answers)

    async def behave(peer: Peer) -> None:
        while True:
            await peer.take()
            await peer.say(left.pop(0) if len(left) > 1 else left[0])

    return behave


def closing_after(answer: bytes) -> Behaviour:
    """Answer one request and hang up."""

    async def behave(peer: Peer) -> None:
        await peer.take()
        await peer.say(answer)

    return behave


def status(code: int, *headers: str) -> bytes:
    """Return an empty answer with a status and headers."""
    lines = "".join(f"{header}\r\n" for header in headers)
    return f"HTTP/1.1 {code} X\r\nContent-Length: 0\r\n{lines}\r\n".encode()


async def hang(peer: Peer) -> None:
    """Read the request and never answer."""
    await peer.take()
    await peer.reader.read()


honest = answering(OK)

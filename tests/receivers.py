"""Receivers on real sockets, honest and hostile, that write down what they were sent."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
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
        if self.writer.is_closing():
            raise ConnectionResetError
        self.writer.write(answer)
        await self.writer.drain()

    async def say_for_ever(self, answer: bytes) -> None:
        """Say *answer* again and again, as fast as it is taken, and count how often."""
        while True:
            await self.say(answer)
            self.receiver.repeated += 1


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
    repeated: int = 0
    bugs: list[Exception] = field(default_factory=list)
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
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self.behaviour(Peer(self, reader, writer, self.connections))
        except Exception as bug:  # noqa: BLE001 - told where the receiver is closed
            self.bugs.append(bug)
        self.hung_up += 1
        self.tasks.discard(task)
        writer.close()

    async def close(self) -> None:
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        if self.bugs:
            raise ExceptionGroup("A receiver did not do what it was there for.", self.bugs)


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


async def drip(peer: Peer, drops: Iterable[bytes], every_s: float = 0.02) -> None:
    """Say one of *drops* at a time, slowly, until there are no more or the other side hangs up."""
    for drop in drops:
        await peer.say(drop)
        with suppress(TimeoutError):
            async with asyncio.timeout(every_s):
                await peer.reader.read(1)
        if peer.reader.at_eof():
            return


def hang_up(peer: Peer) -> None:
    """Reset the connection, whatever is under way on it."""
    linger = struct.pack("ii", 1, 0)
    peer.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    peer.writer.transport.abort()


honest = answering(OK)

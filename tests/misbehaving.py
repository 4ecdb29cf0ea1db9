"""What hostile receivers do to a connection: one behaviour each, named for what it does."""

import asyncio
import gzip
import socket
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain, repeat
from ssl import Purpose, SSLContext, create_default_context
from typing import Final

import trustme

from tests.receivers import OK, Behaviour, Peer, drip, hang_up, status

CA: Final = trustme.CA()
# A fatal alert, protocol_version, as a server sends that knows nothing newer than TLS 1.0.
ALERT: Final = bytes.fromhex("15030100020246")
BOMB: Final = gzip.compress(b"\0" * 4_000_000)
INTERIM: Final = (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Hint\r\n\r\n")


async def drip_headers(peer: Peer) -> None:
    """Answer a byte at a time, and never come to the end of the headers."""
    await peer.take()
    head = chain(b"HTTP/1.1 200 OK\r\nX: ", repeat(0x78))
    await drip(peer, (bytes([byte]) for byte in head))


async def drip_body(peer: Peer) -> None:
    """Answer 200, and never come to the end of the body."""
    await peer.take()
    await peer.say(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    await drip(peer, repeat(b"."))


async def flood(peer: Peer) -> None:
    """Answer 200, and send a body as fast as it is taken, for ever."""
    await peer.take()
    await peer.say(b"HTTP/1.1 200 OK\r\n\r\n")
    await peer.say_for_ever(b"x" * 65536)


def murmur(interim: bytes) -> Behaviour:
    """Send *interim* responses as fast as they are taken, for ever."""

    async def behave(peer: Peer) -> None:
        await peer.take()
        await peer.say_for_ever(interim * 1000)

    return behave


def exploding(encoding: str) -> Behaviour:
    """Answer 200 with a small body that says it is a large one, compressed."""
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(BOMB)}\r\n\r\n"

    async def behave(peer: Peer) -> None:
        while True:
            await peer.take()
            await peer.say(head.encode() + BOMB)

    return behave


async def reset(peer: Peer) -> None:
    """Read the request and reset the connection."""
    await peer.take()
    hang_up(peer)


async def say_nothing(peer: Peer) -> None:
    """Read whatever comes, a handshake included, and say nothing."""
    await peer.reader.read()


def narrow(peer: Peer) -> None:
    """Let what is sent fill the window, and do not read it."""
    window = peer.writer.get_extra_info("socket")
    window.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    peer.writer.transport.pause_reading()  # type: ignore[attr-defined] # a socket transport's


async def read_nothing(peer: Peer) -> None:
    """Let what is sent fill the window, and never read it."""
    narrow(peer)
    await asyncio.Event().wait()


async def refuse_to_speak_tls(peer: Peer) -> None:
    """Answer a handshake as somebody does who speaks none that is new enough."""
    await peer.reader.read(1)
    await peer.say(ALERT)


async def forget(peer: Peer) -> None:
    """Keep the first connection for the next request, and close it when that comes."""
    await peer.take()
    await peer.say(OK)
    if peer.number == 1:
        await peer.take()


Answer = Callable[[Peer], Awaitable[None]]


async def wait_for_ever(peer: Peer) -> None:
    """Give no answer, until the other side gives up."""
    await peer.reader.read()


async def break_off(peer: Peer) -> None:
    """Reset the connection in the place of an answer."""
    hang_up(peer)


def saying(answer: bytes) -> Answer:
    async def say(peer: Peer) -> None:
        await peer.say(answer)

    return say


def for_each_copy(*answers: Answer) -> Behaviour:
    """Answer each copy of an event in another way, the last one of *answers* for ever."""
    copies: Counter[str] = Counter()

    async def behave(peer: Peer) -> None:
        while not peer.reader.at_eof():
            event_id = (await peer.take()).headers["webhook-id"]
            copies[event_id] += 1
            await answers[min(copies[event_id], len(answers)) - 1](peer)

    return behave


def huge(headers: bytes) -> Behaviour:
    """Answer with so many *headers*."""

    async def behave(peer: Peer) -> None:
        await peer.take()
        await peer.say(b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n")

    return behave


async def redirect_to_oneself(peer: Peer) -> None:
    while True:
        await peer.take()
        await peer.say(status(302, f"Location: {peer.receiver.url}"))


@contextmanager
def black_hole() -> Iterator[str]:
    """Yield a URL whose host drops every SYN: its queue of connections is full."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        place = listener.getsockname()
        for _ in range(4):
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(place)
        yield f"http://127.0.0.1:{place[1]}/hook"


def trusting() -> SSLContext:
    """Return what a sender has to trust, to trust the certificates of `CA`."""
    context = create_default_context()
    CA.configure_trust(context)
    return context


def serving(certificate: trustme.LeafCert) -> SSLContext:
    """Return what a receiver needs, to show *certificate*."""
    context = create_default_context(Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context

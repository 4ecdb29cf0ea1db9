"""What receivers may do to a connection: rows 1, 3, 7, 8, 14, 15 and 17 of the list."""

import asyncio
import socket
import struct
from itertools import chain, repeat

import pytest

from service.webhooks.attempt import BODY_MAX
from service.webhooks.client import Client, Limits
from service.webhooks.outcome import Delivered, Failed, Kind
from tests.integration.webhooks.conftest import LOOPBACK
from tests.posting import Sender
from tests.receivers import OK, Peer, answering, closing_after, hang, honest, receiver, status


async def test_never_answers(sender: Sender) -> None:
    """A receiver that accepts and never answers times out, its neighbour does not wait."""
    async with receiver(hang) as there:
        outcome = await sender.post_while_neighbour_succeeds(there)
    assert isinstance(outcome, Failed)
    assert outcome.kind is Kind.TIMEOUT


async def test_dripping_headers(sender: Sender) -> None:
    """Headers that come byte by byte do not stretch the timeout."""

    async def drip(peer: Peer) -> None:
        await peer.take()
        for byte in chain(b"HTTP/1.1 200 OK\r\nX: ", repeat(0x78)):
            await peer.say(bytes([byte]))
            await asyncio.wait({asyncio.ensure_future(peer.reader.read(1))}, timeout=0.02)
            if peer.reader.at_eof():
                return

    async with receiver(drip) as there:
        outcome = await sender.post_while_neighbour_succeeds(there)
    assert isinstance(outcome, Failed)
    assert outcome.kind is Kind.TIMEOUT


@pytest.mark.parametrize(
    "headers",
    [b"".join(b"X-%d: y\r\n" % n for n in range(20_000)), b"X: " + b"y" * 50_000_000 + b"\r\n"],
    ids=["many", "long"],
)
async def test_huge_headers(sender: Sender, headers: bytes) -> None:
    """Too many or too long headers are a failure of the protocol."""
    async with receiver(closing_after(b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n")) as there:
        outcome = await sender.post(there)
    assert isinstance(outcome, Failed)
    assert outcome.kind is Kind.PROTOCOL


@pytest.mark.parametrize(
    "interim", [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Hint\r\n\r\n"]
)
async def test_endless_interim_responses(sender: Sender, interim: bytes) -> None:
    """Interim responses without end are cut off, and the connection with them."""

    async def murmur(peer: Peer) -> None:
        await peer.take()
        while True:
            await peer.say(interim * 1000)

    async with receiver(murmur) as there:
        outcome = await sender.post(there)
        await sender.eventually(lambda: there.hung_up == 1)
    assert isinstance(outcome, Failed)
    assert outcome.kind is Kind.PROTOCOL


async def test_some_interim_responses(sender: Sender) -> None:
    """Eight interim responses before a 200 are put up with."""
    async with receiver(answering(b"HTTP/1.1 103 Hint\r\n\r\n" * 8 + OK)) as there:
        outcome = await sender.post(there)
    assert isinstance(outcome, Delivered)


async def test_reset_after_the_request(sender: Sender) -> None:
    """A reset on a new connection is recorded, not repeated: the receiver may have worked."""
    async with receiver(_reset) as there:
        outcome = await sender.post(there)
    assert isinstance(outcome, Failed)
    assert outcome.kind is Kind.RESET
    assert len(there.received) == 1


async def test_closed_without_an_answer(sender: Sender) -> None:
    """A connection closed without an answer is recorded, not repeated, when it was new."""
    async with receiver(closing_after(b"")) as there:
        outcome = await sender.post(there)
    assert isinstance(outcome, Failed)
    assert outcome.kind is Kind.RESET
    assert len(there.received) == 1


@pytest.mark.parametrize("end", ["close", "reset"])
async def test_kept_connection_dies_silently(sender: Sender, end: str) -> None:
    """A kept connection that dies without one byte is replaced, at no charge, once."""

    async def forget(peer: Peer) -> None:
        await peer.take()
        await peer.say(OK)
        if peer.number > 1:
            return
        await peer.take()
        if end == "reset":
            await _reset_now(peer)

    async with receiver(forget) as there:
        await sender.post(there)
        outcome = await sender.post(there)
    assert isinstance(outcome, Delivered)
    assert [received.connection for received in there.received] == [1, 1, 2]
    assert not outcome.trip.reused


async def test_kept_connection_dies_speaking(sender: Sender) -> None:
    """A kept connection that dies after a first byte is not tried again."""

    async def falter(peer: Peer) -> None:
        await peer.take()
        await peer.say(OK)
        await peer.take()
        await peer.say(b"HTTP/1.1 2")

    async with receiver(falter) as there:
        await sender.post(there)
        outcome = await sender.post(there)
    assert isinstance(outcome, Failed)
    assert len(there.received) == 2


async def test_replacement_dies_too(sender: Sender) -> None:
    """The free retry is one: where the new connection dies as well, that is the outcome."""

    async def forget(peer: Peer) -> None:
        await peer.take()
        if peer.number == 1:
            await peer.say(OK)
            await peer.take()

    async with receiver(forget) as there:
        await sender.post(there)
        outcome = await sender.post(there)
    assert isinstance(outcome, Failed)
    assert outcome.kind is Kind.RESET
    assert len(there.received) == 3


async def test_kept_connections_are_reused(sender: Sender) -> None:
    """Deliveries that follow one another share a connection."""
    async with receiver(honest) as there:
        await sender.post(there)
        outcome = await sender.post(there)
    assert there.connections == 1
    assert outcome.trip.reused
    assert outcome.trip.connect_ms is None


async def test_old_connections_are_given_up() -> None:
    """A connection past its age is not reused, so that a name that moved is followed."""
    async with receiver(honest) as there, Client.opened(LOOPBACK, Limits(life_s=0)) as client:
        sender = Sender(client, there)
        await sender.alone(there)
        await sender.alone(there)
    assert there.connections == 2


async def test_word_out_of_turn(sender: Sender) -> None:
    """What a receiver says on an idle connection is not taken for the next answer."""
    async with receiver(answering(OK + status(408))) as there:
        await sender.post(there)
        outcome = await sender.post(there)
    assert isinstance(outcome, Delivered)
    assert there.connections == 2


async def test_never_reads(sender: Sender) -> None:
    """A receiver that does not read what it is sent times out."""

    async def ignore(peer: Peer) -> None:
        narrow = peer.writer.get_extra_info("socket")
        narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        peer.writer.transport.pause_reading()  # type: ignore[attr-defined] # a socket transport's
        await asyncio.Event().wait()

    async with receiver(ignore) as there:
        outcome = await sender.post_while_neighbour_succeeds(there, body=b"x" * BODY_MAX)
    assert isinstance(outcome, Failed)
    assert outcome.kind is Kind.TIMEOUT


async def test_oversized_body(sender: Sender) -> None:
    """A body over 256 KiB is not sent at all."""
    async with receiver(honest) as there:
        outcome = await sender.post(there, body=b"x" * (BODY_MAX + 1))
    assert isinstance(outcome, Failed)
    assert outcome.kind is Kind.OVERSIZED
    assert there.connections == 0


async def _reset(peer: Peer) -> None:
    await peer.take()
    await _reset_now(peer)


async def _reset_now(peer: Peer) -> None:
    linger = struct.pack("ii", 1, 0)
    peer.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    peer.writer.transport.abort()

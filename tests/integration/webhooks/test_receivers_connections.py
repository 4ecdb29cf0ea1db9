"""What receivers may do to a connection: what `hostile` leaves open, in detail."""

import asyncio
from dataclasses import replace

import pytest

from service.webhooks.attempt import BODY_MAX, attempt
from service.webhooks.client import Client, Limits
from service.webhooks.connection import Journey
from service.webhooks.outcome import Delivered, Failed, Kind, Trip
from tests.eventually import eventually
from tests.integration.webhooks.conftest import LOOPBACK
from tests.misbehaving import narrow
from tests.posting import Sender, posting
from tests.receivers import OK, Peer, answering, hang_up, honest, receiver, status


async def test_some_interim_responses(sender: Sender) -> None:
    """Eight interim responses before a 200 are put up with."""
    async with receiver(answering(b"HTTP/1.1 103 Hint\r\n\r\n" * 8 + OK)) as there:
        outcome = await sender.post(there)
    assert isinstance(outcome, Delivered)


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
            hang_up(peer)

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


async def test_idle_connections_are_given_up() -> None:
    """A connection that nothing is sent on any more is closed at its age."""
    async with receiver(honest) as there, Client.opened(LOOPBACK, Limits(life_s=0.05)) as client:
        await Sender(client, there).alone(there)
        await eventually(lambda: there.hung_up == 1)


async def test_unread_body(sender: Sender) -> None:
    """A receiver that answers before it has taken everything is sent nothing more there."""

    async def answer_unheard(peer: Peer) -> None:
        narrow(peer)
        await peer.say(OK)
        await asyncio.Event().wait()

    more_than_the_system_buffers = b"x" * 2**24
    async with receiver(answer_unheard) as there:
        for _ in range(2):
            journey = Journey(Trip(started_at=0))
            sent = (b"", more_than_the_system_buffers)
            answer = await sender.client.post(there.url, *sent, journey)
            assert answer.status == 200
    assert there.connections == 2


async def test_urls_that_share_a_host_share_connections(sender: Sender) -> None:
    """Where a connection leads counts, not the rest of the URL."""
    async with receiver(honest) as there:
        await sender.post(there)
        outcome = await sender.post(f"{there.url}/more?of=it")
    assert isinstance(outcome, Delivered)
    assert there.connections == 1


@pytest.mark.parametrize("url", ["http://[", "http:///hook", "ftp://127.0.0.1/hook"])
async def test_no_url_of_ours(sender: Sender, url: str) -> None:
    """What is no URL that can be posted to is a failure, and no bug."""
    outcome = await sender.post(url)
    assert isinstance(outcome, Failed)
    assert outcome.kind is Kind.PROTOCOL


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
async def test_header_that_would_break_the_request(sender: Sender, end: str) -> None:
    """A header's value that holds the end of a line is never sent, wherever it comes from."""
    async with receiver(honest) as there:
        broken = replace(posting(there), headers={"X-Tenant": f"one{end}X-Other: two"})
        with pytest.raises(ValueError, match="X-Tenant"):
            await attempt(sender.client, broken, at=0)
    assert there.connections == 0


async def test_word_out_of_turn(sender: Sender) -> None:
    """What a receiver says on an idle connection is not taken for the next answer."""
    async with receiver(answering(OK + status(408))) as there:
        await sender.post(there)
        outcome = await sender.post(there)
    assert isinstance(outcome, Delivered)
    assert there.connections == 2


async def test_oversized_body(sender: Sender) -> None:
    """A body over 256 KiB is not sent at all."""
    async with receiver(honest) as there:
        outcome = await sender.post(there, body=b"x" * (BODY_MAX + 1))
    assert isinstance(outcome, Failed)
    assert outcome.kind is Kind.OVERSIZED
    assert there.connections == 0

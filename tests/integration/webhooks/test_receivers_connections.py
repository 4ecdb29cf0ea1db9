"""What receivers may do to a connection: what `hostile` leaves open, in detail."""

import pytest

from service.webhooks.attempt import BODY_MAX
from service.webhooks.client import Client, Limits
from service.webhooks.outcome import Delivered, Failed, Kind
from tests.integration.webhooks.conftest import LOOPBACK
from tests.posting import Sender
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

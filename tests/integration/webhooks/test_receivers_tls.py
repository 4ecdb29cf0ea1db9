"""What its owner is told of a receiver that cannot be reached, most of all behind TLS."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Sequence
from ipaddress import ip_network
from typing import Final, NamedTuple

import pytest
import trustme

from service.webhooks.client import Client
from service.webhooks.guard import Guard
from service.webhooks.outcome import Delivered, Failed, Kind
from tests.misbehaving import CA, serving, trusting
from tests.posting import QUICK, Sender
from tests.receivers import OK, Behaviour, Peer, closing_after, hang_up, honest, receiver

LOOPBACK: Final = Guard([ip_network("127.0.0.0/8"), ip_network("::1/128")])
ALERT_VERSION: Final = b"\x15\x03\x03\x00\x02\x02\x46"
ALERT_NAME: Final = b"\x15\x03\x03\x00\x02\x02\x70"
SETTINGS_OF_HTTP_2: Final = b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"
NOTHING_OF_OURS: Final = re.compile(r" object at 0x|_ssl\.c|RawResponse|Error\b|\[None\]")


def saying_in_the_handshake(said: bytes) -> Behaviour:
    async def behave(peer: Peer) -> None:
        await peer.reader.read(1000)
        await peer.say(said)

    return behave


async def close(peer: Peer) -> None:
    await peer.reader.read(1000)


async def reset(peer: Peer) -> None:
    await peer.reader.read(1000)
    hang_up(peer)


async def drip(peer: Peer) -> None:
    await peer.say(b"\x16\x03\x03\x40\x00")
    while True:
        await peer.say(b"\x02")
        await asyncio.sleep(0.05)


async def speak_first(peer: Peer) -> None:
    await peer.say(SETTINGS_OF_HTTP_2)
    await peer.reader.read()


class Row(NamedTuple):
    """What a receiver with a *certificate*, or none, does; and what its owner is told of it."""

    behaviour: Behaviour
    kind: Kind
    told: str
    certificate: Callable[[], trustme.LeafCert] | None = None


def good() -> trustme.LeafCert:
    return CA.issue_cert("127.0.0.1")


ROWS: Final = {
    "private_authority": Row(
        honest, Kind.TLS, "authority", lambda: trustme.CA().issue_cert("127.0.0.1")
    ),
    "another_name": Row(
        honest, Kind.TLS, "not valid for '127.0.0.1'", lambda: CA.issue_cert("other.example")
    ),
    "plain_http": Row(
        saying_in_the_handshake(b"HTTP/1.1 400 Bad\r\n\r\n"), Kind.TLS, "does not speak TLS"
    ),
    "old_tls": Row(saying_in_the_handshake(ALERT_VERSION), Kind.TLS, "no TLS 1.2"),
    "unknown_name": Row(saying_in_the_handshake(ALERT_NAME), Kind.TLS, "no site of this name"),
    "closes_in_the_handshake": Row(close, Kind.TLS, "middle of the TLS handshake"),
    "resets_in_the_handshake": Row(reset, Kind.TLS, "middle of the TLS handshake"),
    "drips_in_the_handshake": Row(drip, Kind.CONNECT_TIMEOUT, "the TLS handshake came to no end"),
    "closes_unheard": Row(close, Kind.RESET, "before it answered", good),
    "closes_in_its_answer": Row(
        closing_after(b"HTTP/1.1 200 OK\r\nContent-"), Kind.RESET, "middle of its answer", good
    ),
    "speaks_http_2_alone": Row(
        closing_after(SETTINGS_OF_HTTP_2), Kind.PROTOCOL, "not HTTP/1.1", good
    ),
}


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with Client.opened(LOOPBACK, QUICK, tls=trusting()) as opened:
        yield opened


@pytest.mark.parametrize("row", ROWS)
async def test_tells_what_is_wrong(sender: Sender, client: Client, row: str) -> None:
    """Kind and sentence say what the receiver does, and nothing of how we are made."""
    behaviour, kind, told, certificate = ROWS[row]
    async with receiver(behaviour, serving(certificate()) if certificate else None) as there:
        to = Sender(client, sender.neighbour)
        outcome = await to.post(there.url.replace("http:", "https:"))
    assert isinstance(outcome, Failed)
    assert (outcome.kind, told in (outcome.detail or "")) == (kind, True), outcome.detail
    assert not NOTHING_OF_OURS.search(outcome.detail or "")


@pytest.mark.parametrize(
    ("behaviour", "kind", "told"),
    [
        (speak_first, Kind.PROTOCOL, "not HTTP/1.1"),
        (close, Kind.RESET, "before it answered"),
        (reset, Kind.RESET, "Connection reset by peer"),
    ],
    ids=["speaks_first", "closes", "resets"],
)
async def test_tells_it_without_tls(
    sender: Sender, behaviour: Behaviour, kind: Kind, told: str
) -> None:
    """Without TLS, what is wrong is told as well."""
    async with receiver(behaviour) as there:
        outcome = await sender.post(there)
    assert isinstance(outcome, Failed)
    assert (outcome.kind, told in (outcome.detail or "")) == (kind, True), outcome.detail
    assert not NOTHING_OF_OURS.search(outcome.detail or "")


async def test_tells_that_nobody_listens(sender: Sender) -> None:
    """Where nobody listens, the sentence says where that is, and what the system says."""
    async with receiver(honest) as there:
        url = there.url
    outcome = await sender.post(url)
    assert isinstance(outcome, Failed)
    assert outcome.kind is Kind.CONNECT
    assert outcome.detail == f"127.0.0.1:{there.port} cannot be reached: Connection refused."


@pytest.mark.parametrize(
    "addresses", [("::1", "127.0.0.1"), ("2001:db8::1", "127.0.0.1")], ids=["refused", "blocked"]
)
async def test_one_of_two_addresses_is_dead(sender: Sender, addresses: Sequence[str]) -> None:
    """A name that leads to an address of either kind, one of them dead, is reached by the other."""

    def lookup(_host: str, _port: int, _family: int) -> list[str]:
        return list(addresses)

    async with Client.opened(LOOPBACK, QUICK, lookup=lookup) as client, receiver(honest) as there:
        to = Sender(client, sender.neighbour)
        outcome = await to.post(f"http://both.example:{there.port}/hook")
    assert isinstance(outcome, Delivered)
    assert outcome.trip.address == "127.0.0.1"


async def test_receiver_of_ipv6(sender: Sender, client: Client) -> None:
    """A receiver at an IPv6 address, whose certificate is for that, is reached like any other."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)
        await reader.read()
        writer.close()

    tls = serving(CA.issue_cert("::1"))
    server = await asyncio.start_server(answer, "::1", 0, ssl=tls)
    async with server:
        port = server.sockets[0].getsockname()[1]
        outcome = await Sender(client, sender.neighbour).post(f"https://[::1]:{port}/hook")
    assert isinstance(outcome, Delivered)
    assert outcome.trip.address == "::1"

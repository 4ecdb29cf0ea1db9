"""What a receiver's network may do to us: rows 2, 19, 20 and 21 of the list."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import Final

import pytest
import trustme

from service.webhooks.client import Client
from service.webhooks.guard import Guard
from service.webhooks.outcome import Blocked, Delivered, Failed, Kind
from service.webhooks.resolver import Lookup
from tests.integration.webhooks.conftest import LOOPBACK
from tests.posting import QUICK, Sender
from tests.receivers import Peer, Receiver, hang, honest, receiver

CA: Final = trustme.CA()
# A fatal alert, protocol_version, as a server sends that knows nothing newer than TLS 1.0.
ALERT: Final = bytes.fromhex("15030100020246")


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


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    CA.configure_trust(context)
    return context


def serving(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


class TestConnecting:
    async def test_syn_is_dropped(self, sender: Sender) -> None:
        """A host that drops SYNs ends the attempt when the time to connect is over."""
        with black_hole() as url:
            outcome = await sender.post_while_neighbour_succeeds(url)
        assert isinstance(outcome, Failed)
        assert outcome.kind is Kind.CONNECT_TIMEOUT

    async def test_tls_hangs(self, sender: Sender) -> None:
        """A handshake that nobody answers counts as connecting."""

        async def mute(peer: Peer) -> None:
            await peer.reader.read()

        async with receiver(mute) as there:
            url = there.url.replace("http:", "https:")
            outcome = await sender.post_while_neighbour_succeeds(url)
        assert isinstance(outcome, Failed)
        assert outcome.kind is Kind.CONNECT_TIMEOUT

    async def test_refused(self, sender: Sender) -> None:
        """A port where nobody listens is a failure to connect."""
        async with receiver(honest) as gone:
            pass
        outcome = await sender.post(gone)
        assert isinstance(outcome, Failed)
        assert outcome.kind is Kind.CONNECT


class TestTls:
    async def test_trusted(self) -> None:
        """A certificate that is right is delivered to."""
        tls = serving(CA.issue_cert("127.0.0.1"))
        async with (
            receiver(honest, tls) as there,
            Client.opened(LOOPBACK, QUICK, tls=trusting()) as client,
        ):
            outcome = await Sender(client, there).post(there)
        assert isinstance(outcome, Delivered)

    @pytest.mark.parametrize(
        "certificate",
        [
            trustme.CA().issue_cert("127.0.0.1"),
            CA.issue_cert("127.0.0.1", not_after=datetime(2020, 1, 1, tzinfo=UTC)),
            CA.issue_cert("other.example"),
        ],
        ids=["unknown issuer", "expired", "wrong host"],
    )
    async def test_refused(self, certificate: trustme.LeafCert, neighbour: Receiver) -> None:
        """A certificate that does not hold is a failure, with the reason for its owner."""
        async with (
            receiver(honest, serving(certificate)) as there,
            Client.opened(LOOPBACK, QUICK, tls=trusting()) as client,
        ):
            outcome = await Sender(client, neighbour).post(there)
        assert isinstance(outcome, Failed)
        assert outcome.kind is Kind.TLS
        assert "certificate" in (outcome.detail or "")
        assert there.received == []

    async def test_too_old(self, sender: Sender) -> None:
        """A server that speaks only an old TLS is a failure of TLS."""

        async def refuse(peer: Peer) -> None:
            await peer.reader.read(1)
            await peer.say(ALERT)

        async with receiver(refuse) as there:
            outcome = await sender.post(there.url.replace("http:", "https:"))
        assert isinstance(outcome, Failed)
        assert outcome.kind is Kind.TLS


class TestNames:
    @pytest.mark.parametrize("code", [socket.EAI_NONAME, socket.EAI_AGAIN])
    async def test_not_found(self, neighbour: Receiver, code: int) -> None:
        """A name that cannot be found is a failure of DNS, and remembered for a moment."""
        asked = []

        def lookup(host: str, _port: int, _family: int) -> list[str]:
            asked.append(host)
            raise socket.gaierror(code, "no")

        async with Client.opened(LOOPBACK, QUICK, lookup=lookup) as client:
            sender = Sender(client, neighbour)
            outcomes = [await sender.post("http://gone.example/") for _ in range(2)]
        assert [outcome.kind for outcome in outcomes if isinstance(outcome, Failed)] == [
            Kind.DNS,
            Kind.DNS,
        ]
        assert asked == ["gone.example"]

    async def test_slow(self, neighbour: Receiver) -> None:
        """A lookup that takes too long is a failure of DNS, and holds one thread only."""
        answered = threading.Event()
        asked = []

        def lookup(host: str, _port: int, _family: int) -> list[str]:
            asked.append(host)
            if host == "slow.example":
                answered.wait()
            return ["127.0.0.1"]

        async with Client.opened(LOOPBACK, QUICK, lookup=lookup) as client:
            sender = Sender(client, neighbour)
            slow = await sender.post_while_neighbour_succeeds("http://slow.example/")
            quick = await sender.post(f"http://quick.example:{neighbour.port}/")
            answered.set()
        assert isinstance(slow, Failed)
        assert slow.kind is Kind.DNS
        assert isinstance(quick, Delivered)
        assert quick.trip.dns_ms is not None
        assert asked == ["slow.example", "quick.example"]


def leading_to(*addresses: str) -> Lookup:
    """Return a lookup whose answers change from one time to the next."""
    left = list(addresses)

    def lookup(_host: str, _port: int, _family: int) -> list[str]:
        return [left.pop(0) if len(left) > 1 else left[0]]

    return lookup


class TestInwardAddresses:
    @pytest.mark.parametrize("host", ["127.0.0.1", "0x7f.1", "[::ffff:127.0.0.1]", "localhost"])
    async def test_in_the_url(self, host: str) -> None:
        """However a URL spells an inward address, no socket is made for it."""
        async with receiver(hang) as there, Client.opened(Guard(), QUICK) as client:
            outcome = await Sender(client, there).alone(f"http://{host}:{there.port}/")
            assert there.connections == 0
        assert isinstance(outcome, Blocked)

    @pytest.mark.parametrize("host", ["127.1", "2130706433"])
    async def test_not_canonical(self, host: str) -> None:
        """An IPv4 address in an unusual spelling is not even tried."""
        async with receiver(hang) as there, Client.opened(LOOPBACK, QUICK) as client:
            outcome = await Sender(client, there).alone(f"http://{host}:{there.port}/")
            assert there.connections == 0
        assert isinstance(outcome, Failed)
        assert outcome.kind is Kind.PROTOCOL

    @pytest.mark.parametrize("address", ["127.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "::1"])
    async def test_behind_a_name(self, address: str) -> None:
        """A name that points inward is blocked, v4-mapped and translated addresses too."""
        async with (
            receiver(hang) as there,
            Client.opened(Guard(), QUICK, lookup=leading_to(address)) as client,
        ):
            outcome = await Sender(client, there).alone(f"http://in.example:{there.port}/")
            assert there.connections == 0
        assert isinstance(outcome, Blocked)
        assert outcome.address == address

    async def test_name_that_changes_its_mind(self, neighbour: Receiver) -> None:
        """A name that was outward a moment ago is blocked as soon as it points inward."""
        lookup = leading_to("127.0.0.1", "10.0.0.1")
        async with Client.opened(LOOPBACK, QUICK, lookup=lookup) as client:
            sender = Sender(client, neighbour)
            first = await sender.post(f"http://a.example:{neighbour.port}/")
            second = await sender.post(f"http://b.example:{neighbour.port}/")
        assert isinstance(first, Delivered)
        assert isinstance(second, Blocked)
        assert second.address == "10.0.0.1"

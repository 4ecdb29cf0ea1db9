"""What a receiver's network may do to us: what `hostile` leaves open."""

import socket
import threading

import pytest

from service.webhooks.client import Client
from service.webhooks.guard import Guard
from service.webhooks.outcome import Blocked, Delivered, Failed, Kind
from tests.integration.webhooks.conftest import LOOPBACK
from tests.misbehaving import CA, serving, trusting
from tests.places import leading_to
from tests.posting import QUICK, Sender
from tests.receivers import Receiver, hang, honest, receiver


class TestConnecting:
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

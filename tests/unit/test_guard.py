"""The addresses that deliveries may and may not reach."""

import socket
from ipaddress import ip_network

import pytest

from service.webhooks.guard import AddressBlocked, Guard

INWARD = [
    "0.0.0.0",  # noqa: S104 - an address to refuse, not to bind
    "10.0.0.1",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.255",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.1.2.3",
    "::ffff:169.254.169.254",
    "::ffff:0:a00:1",
    "200::1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:1ff::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fe00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]

OUTWARD = [
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.0.1",
    "172.32.0.1",
    "192.0.1.1",
    "198.17.0.1",
    "198.20.0.1",
    "223.255.255.255",
    "::ffff:8.8.8.8",
    "2001:200::1",
    "2606:4700::1111",
    "2a00:1450::1",
    "2003::1",
]


@pytest.mark.parametrize("address", INWARD)
def test_refuses_inward_addresses(address: str) -> None:
    """An address that is not global unicast is refused."""
    assert not Guard().permits(address)


@pytest.mark.parametrize("address", OUTWARD)
def test_permits_global_addresses(address: str) -> None:
    """A global unicast address is permitted, up to the edges of the refused networks."""
    assert Guard().permits(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "::ffff:127.0.0.1"])
def test_permits_what_is_allowed(address: str) -> None:
    """A network that the self-hoster allows is permitted, v4-mapped or not."""
    guard = Guard([ip_network("127.0.0.0/8")])
    assert guard.permits(address)
    assert not guard.permits("10.0.0.1")


def test_makes_no_socket_for_an_inward_address() -> None:
    """The socket is where an inward address is stopped."""
    with pytest.raises(AddressBlocked, match=r"10\.0\.0\.1"):
        Guard().socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80)))


def test_makes_a_socket_for_a_global_address() -> None:
    """A permitted address gets a socket of its family."""
    with Guard().socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 80))) as made:
        assert made.family == socket.AF_INET

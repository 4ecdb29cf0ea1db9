"""
Which addresses a delivery may reach.

The guard stands where the socket is made. A check of the URL, or one inside the resolver,
is passed by an address literal or by a name that changes its mind between check and
connect; the socket sees the final address in every case.
"""

import socket
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, Self

from aiohttp.connector import AddrInfoType

from service import config

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

# Whatever is not global unicast, and whatever carries an IPv4 address inside an IPv6 one:
# a translator on the way would unpack it behind our back.
INWARD: Final[tuple[Network, ...]] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        # All but 2000::/3, which alone is global unicast.
        "::/3",
        "4000::/2",
        "8000::/1",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    )
)


class AddressBlocked(OSError):
    """The receiver's name or URL leads to an address that deliveries may not reach."""

    def __init__(self, address: str) -> None:
        super().__init__(f"Deliveries may not reach {address}.")
        self.address = address


class Guard:
    """Refuses every address that is not global unicast, but for those in *allowed*."""

    def __init__(self, allowed: Iterable[Network] = ()) -> None:
        self._allowed = tuple(allowed)

    @classmethod
    def of_mode(cls, allowed: Sequence[Network], *, livemode: bool) -> Self:
        """Return the guard of a mode: the loopback that is allowed unasked is for test mode."""
        is_default = tuple(allowed) == config.LOOPBACK
        return cls(() if livemode and is_default else allowed)

    def permits(self, address: str) -> bool:
        """Say whether *address*, a literal, may be connected to."""
        final = _unwrapped(ip_address(address))
        return _within(final, self._allowed) or not _within(final, INWARD)

    def socket(self, addr_info: AddrInfoType) -> socket.socket:
        """Return a socket for *addr_info*, as aiohttp asks for it, or raise `AddressBlocked`."""
        family, kind, protocol, _, place = addr_info
        address = str(place[0])
        if not self.permits(address):
            raise AddressBlocked(address)
        return socket.socket(family=family, type=kind, proto=protocol)


def _unwrapped(address: Address) -> Address:
    """Return the IPv4 address in a v4-mapped one, which the kernel would connect to."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def _within(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)

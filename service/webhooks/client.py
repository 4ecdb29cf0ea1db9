"""
The HTTP client that deliveries go through: it trusts nothing that it is told.

No redirects, no cookies, no proxies from the environment, no decompression, no answer read
further than its beginning, and no address that the guard refuses. The two modes have a
client each, because they may reach different networks and must not share connections.
"""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ssl import SSLContext
from typing import Final, Self

import aiohttp
from aiohttp.connector import AddrInfoType, SocketFactoryType

from service.webhooks.connection import JOURNEY, Connector
from service.webhooks.guard import AddressBlocked, Guard
from service.webhooks.resolver import Lookup, Resolver, ResolverLimits, lookup_by_system

EXCERPT_MAX: Final = 4096
_DNS_CACHE_S: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """
    How long a receiver may take, in seconds.

    *connect_s* covers one address including TLS, *total_s* everything up to the status line
    and headers, *excerpt_s* what may be spent on the body after that. A connection is reused
    until the age of *life_s*.
    """

    connect_s: float = 3.0
    total_s: float = 15.0
    excerpt_s: float = 0.25
    life_s: float = 60.0
    resolver: ResolverLimits = field(default_factory=ResolverLimits)

    def timeout(self) -> aiohttp.ClientTimeout:
        """Return these limits as aiohttp knows them."""
        return aiohttp.ClientTimeout(
            total=self.total_s,
            connect=self.connect_s + self.resolver.wait_s,
            sock_connect=self.connect_s,
        )


class Client:
    """POSTs to URLs that somebody else chose. Make it with `opened`, on a running loop."""

    def __init__(self, session: aiohttp.ClientSession, limits: Limits) -> None:
        self._session = session
        self.limits = limits

    @classmethod
    @asynccontextmanager
    async def opened(
        cls,
        guard: Guard,
        limits: Limits | None = None,
        *,
        lookup: Lookup = lookup_by_system,
        tls: SSLContext | bool = True,
    ) -> AsyncIterator[Self]:
        """Return a client that reaches what *guard* permits, until the block is left."""
        limits = limits or Limits()
        resolver = Resolver(lookup, limits.resolver)
        session = aiohttp.ClientSession(
            connector=Connector(
                life_s=limits.life_s,
                resolver=resolver,
                ttl_dns_cache=_DNS_CACHE_S,
                socket_factory=_guarded(guard),
                ssl=tls,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=limits.timeout(),
            auto_decompress=False,
            trust_env=False,
            read_bufsize=EXCERPT_MAX,
            headers={"Accept": "*/*", "Accept-Encoding": "identity"},
        )
        try:
            async with session:
                yield cls(session, limits)
        finally:
            await resolver.close()

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> aiohttp.ClientResponse:
        """Return the answer as soon as its headers are there. The caller releases it."""
        return await self._session.post(url, data=body, headers=headers, allow_redirects=False)


def _guarded(guard: Guard) -> SocketFactoryType:
    """Return *guard*'s socket factory, telling the request under way what it decided."""

    def make(addr_info: AddrInfoType) -> socket.socket:
        journey = JOURNEY.get()
        try:
            made = guard.socket(addr_info)
        except AddressBlocked as blocked:
            journey.blocked = blocked.address
            raise
        journey.permitted = True
        return made

    return make

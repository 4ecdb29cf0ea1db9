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

from service.webhooks.connection import JOURNEY, Connector, Held, Journey
from service.webhooks.exchange import Answer, Patience, exchange
from service.webhooks.guard import AddressBlocked, Guard
from service.webhooks.pool import Pool
from service.webhooks.resolver import Lookup, Resolver, ResolverLimits, lookup_by_system
from service.webhooks.routes import Route, routes

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

    def connecting(self) -> aiohttp.ClientTimeout:
        """Return these limits as aiohttp's connector knows them."""
        return aiohttp.ClientTimeout(
            connect=self.connect_s + self.resolver.wait_s,
            sock_connect=self.connect_s,
        )


class Client:
    """POSTs to URLs that somebody else chose. Make it with `opened`, on a running loop."""

    def __init__(self, connector: Connector, limits: Limits, *, tls: SSLContext | bool) -> None:
        self._connector = connector
        self._limits = limits
        self._timeout = limits.connecting()
        self._route = routes(tls=tls)
        self._pool = Pool(limits.life_s)

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
        connector = Connector(
            resolver=resolver,
            ttl_dns_cache=_DNS_CACHE_S,
            socket_factory=_guarded(guard),
            ssl=tls,
        )
        client = cls(connector, limits, tls=tls)
        try:
            async with connector:
                try:
                    yield client
                finally:
                    client._pool.close()
        finally:
            await resolver.close()

    async def post(self, url: str, headers: bytes, body: bytes, journey: Journey) -> Answer:
        """
        Return what is answered to *body*, sent with *headers* (as they go over the wire).

        *journey* is told what happens on the way. Raise `aiohttp.ClientError`, or `TimeoutError`.
        """
        route = self._route(url)
        held = await self._reach(route, journey)
        line = held.line
        length = b"Content-Length: %d\r\n\r\n" % len(body)
        request = b"".join((route.head, headers, length, body))
        left_s = max(self._limits.total_s - journey.elapsed_ms() / 1000, 0.0)
        try:
            answer = await exchange(
                line, request, route.asking, Patience(left_s, self._limits.excerpt_s)
            )
        except BaseException:
            held.hang_up()
            raise
        if line.should_close or line.unsent:
            held.hang_up()
        else:
            self._pool.keep(route.key, held)
        return answer

    async def _reach(self, route: Route, journey: Journey) -> Held:
        """Return a connection that was used before, if there is one and *journey* permits."""
        held = None if journey.fresh else self._pool.take(route.key)
        if held is None:
            JOURNEY.set(journey)
            try:
                held = Held.of(await self._connector.connect(route.asking, [], self._timeout))
            except TimeoutError as error:
                raise aiohttp.ConnectionTimeoutError(
                    f"Connection timeout to host {route.asking.url}"
                ) from error
        journey.set_out(held.line)
        return held


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

"""
Names to addresses, in a pool of threads of its own.

A slow name server may hold a thread for half a minute, so lookups are bounded three times:
in number, in how long a delivery waits for one, and by remembering for a moment that a name
could not be found. While a lookup runs, everybody who asks for the same name waits for it.
"""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from typing import Final

from aiohttp.abc import AbstractResolver, ResolveResult

from service.webhooks.connection import JOURNEY

Lookup = Callable[[str, int, int], list[str]]
_REMEMBERED_MAX: Final = 4096


def lookup_by_system(host: str, port: int, family: int) -> list[str]:
    """Return the addresses of *host*, as the system finds them. Raise `OSError` if none."""
    found = socket.getaddrinfo(
        host, port, family=family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
    )
    return [str(place[0]) for _, _, _, _, place in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolverLimits:
    """How many lookups at once, how long one may take and a miss is remembered (seconds)."""

    threads: int = 32
    wait_s: float = 2.0
    miss_s: float = 5.0


class Resolver(AbstractResolver):
    """Resolves through *lookup*, which blocks."""

    def __init__(
        self, lookup: Lookup = lookup_by_system, limits: ResolverLimits | None = None
    ) -> None:
        self._lookup = lookup
        self._limits = limits or ResolverLimits()
        self._pool = ThreadPoolExecutor(self._limits.threads, thread_name_prefix="resolver")
        self._running: dict[str, asyncio.Future[list[str]]] = {}
        self._missed_until: dict[str, float] = {}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of *host*, or raise `OSError` after at most the limit."""
        if self._missed_until.get(host, 0) > monotonic():
            raise OSError(socket.EAI_NONAME, f"{host} could not be found a moment ago")
        began = monotonic()
        try:
            addresses = await self._addresses(host, port, family)
        except OSError:
            self._remember_miss(host)
            raise
        finally:
            _note((monotonic() - began) * 1000)
        return [_result(host, address, port) for address in addresses]

    async def close(self) -> None:
        """Start no more lookups. Those that run are left to end."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _addresses(self, host: str, port: int, family: int) -> list[str]:
        lookup = self._running.get(host)
        if lookup is None:
            loop = asyncio.get_running_loop()
            lookup = loop.run_in_executor(self._pool, self._lookup, host, port, family)
            self._running[host] = lookup
            lookup.add_done_callback(lambda done: self._finish(host, done))
        try:
            return await asyncio.wait_for(asyncio.shield(lookup), self._limits.wait_s)
        except TimeoutError:
            raise OSError(socket.EAI_AGAIN, f"{host} took too long to find") from None
        except UnicodeError:
            raise OSError(socket.EAI_NONAME, f"{host} is not a name") from None

    def _finish(self, host: str, lookup: asyncio.Future[list[str]]) -> None:
        del self._running[host]
        # Asked for, so that a failure after everybody has gone is not reported as lost.
        if not lookup.cancelled():
            lookup.exception()

    def _remember_miss(self, host: str) -> None:
        if len(self._missed_until) >= _REMEMBERED_MAX:
            self._missed_until.clear()
        self._missed_until[host] = monotonic() + self._limits.miss_s


def _note(took_ms: float) -> None:
    journey = JOURNEY.get(None)
    if journey is not None:
        journey.trip.dns_ms = took_ms


def _result(host: str, address: str, port: int) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=address,
        port=port,
        family=socket.AF_INET6 if ":" in address else socket.AF_INET,
        proto=0,
        flags=socket.AI_NUMERICHOST,
    )

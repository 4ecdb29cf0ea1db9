"""
Where a URL leads, worked out once for all that is sent there.

To take a URL apart and to make a request of it costs more than to send one. What every request
to the same URL has in common is kept here as it goes over the wire.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ssl import SSLContext
from typing import Final, TypeAlias

import aiohttp
from aiohttp.client_reqrep import ClientRequest, ConnectionKey
from yarl import URL

_KEPT_MAX: Final = 4096
# Receivers let Stripe's agent through by how its name begins. Who it is in truth stands behind.
_USER_AGENT: Final = "Stripe/1.0 (compatible; Seti/1.0)"
_SCHEMES: Final = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Route:
    """
    What there is to know of a URL.

    *asking* is what aiohttp's connector is shown, *key* says which connections serve, and
    *head* is how each request begins.
    """

    asking: ClientRequest
    key: ConnectionKey
    head: bytes


Routes: TypeAlias = Callable[[str], Route]


def routes(*, tls: SSLContext | bool) -> Routes:
    """Return what tells the route of a URL, on the running loop; *tls* is as aiohttp takes it."""
    loop = asyncio.get_running_loop()

    @lru_cache(_KEPT_MAX)
    def route(url: str) -> Route:
        asking = ClientRequest("POST", _parsed(url), loop=loop, ssl=tls)
        head = (
            f"POST {asking.url.raw_path_qs} HTTP/1.1\r\n"
            f"Host: {asking.url.host_port_subcomponent}\r\n"
            f"Accept: */*\r\nAccept-Encoding: identity\r\nUser-Agent: {_USER_AGENT}\r\n"
            "Content-Type: application/json; charset=utf-8\r\n"
        )
        return Route(asking, asking.connection_key, head.encode())

    return route


def _parsed(text: str) -> URL:
    try:
        url = URL(text)
    except ValueError as error:
        raise aiohttp.InvalidURL(text) from error
    if url.scheme not in _SCHEMES:
        raise aiohttp.NonHttpUrlClientError(url)
    return url

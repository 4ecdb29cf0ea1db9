"""
The addresses of the reference. They need no key, and are the same for everybody.

What is served is made when it is first asked for, and kept with a digest of it, so that a
client that has it already is told so.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Final

import msgspec
from aiohttp import web

from service.reference.document import document
from service.reference.page import POLICY, page_of

_HEADERS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "no-cache",
    "Server": "Seti",
    "X-Content-Type-Options": "nosniff",
}
_FOUND: Final = 302
_UNCHANGED: Final = 304


class Kept:
    """Something that is made once by *make*, and served with *headers*."""

    def __init__(self, make: Callable[[], bytes], headers: Mapping[str, str]) -> None:
        self._make = make
        self._headers = {**_HEADERS, **headers}

    @cached_property
    def body(self) -> bytes:
        return self._make()

    @cached_property
    def etag(self) -> str:
        return f'"{sha256(self.body).hexdigest()[:32]}"'

    async def serve(self, request: web.Request) -> web.Response:
        headers = {**self._headers, "ETag": self.etag}
        if self._is_had(request):
            return web.Response(status=_UNCHANGED, headers=headers)
        return web.Response(body=self.body, headers=headers)

    def _is_had(self, request: web.Request) -> bool:
        had = request.headers.get("If-None-Match", "").split(",")
        return any(one.strip().removeprefix("W/") in {self.etag, "*"} for one in had)


def routes(url: str) -> list[web.RouteDef]:
    """Return the routes of the reference to the API that is served at *url*."""
    openapi = Kept(lambda: msgspec.json.encode(document(url)), {"Content-Type": "application/json"})
    docs = Kept(
        lambda: page_of(document(url)),
        {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY},
    )
    return [
        web.get("/openapi.json", openapi.serve),
        web.get("/docs", docs.serve),
        web.get("/", _to_docs),
    ]


async def _to_docs(_: web.Request) -> web.Response:
    """Show somebody who opens the address in a browser what there is."""
    return web.Response(status=_FOUND, headers={**_HEADERS, "Location": "docs"})

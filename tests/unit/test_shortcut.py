"""The shortcut finds the operations that the router would, and leaves it the rest."""

import asyncio
from collections.abc import Mapping
from functools import cache
from typing import Final, cast

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from service.api.app import routes_of
from service.api.house import House
from service.api.operation import Operation
from service.api.routes import EVERY_OPERATION
from service.api.shortcut import Route, Shortcut

ROUTED: Final = web.Response(text="routed")
ID: Final = "it_1Ab-2"


async def router(_: web.BaseRequest) -> web.StreamResponse:
    return ROUTED


def answering(method: str, path: str, found: list[tuple[str, str, Mapping[str, str]]]) -> Route:
    """Return a route that writes down that it was taken."""

    async def answer(_: web.Request, parts: Mapping[str, str]) -> web.StreamResponse:
        found.append((method, path, parts))
        return web.Response()

    return Route(method, path, answer)


@cache
def places() -> list[tuple[str, str]]:
    """Return where operations are. What a route does is nobody's affair here."""
    return [(method, path) for method, path, _ in routes_of(cast("House", None))]


class Taken:
    """A shortcut over the paths of all operations, and what it has found."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, Mapping[str, str]]] = []
        routes = [answering(method, path, self.found) for method, path in places()]
        self._shortcut = Shortcut(routes, router)

    async def by(self, method: str, path: str, headers: Mapping[str, str] | None = None) -> bool:
        """Say whether the shortcut was taken by a request."""
        request = make_mocked_request(method, path, headers)
        return await self._shortcut(request) is not ROUTED


@pytest.mark.parametrize("operation", EVERY_OPERATION, ids=lambda operation: operation.name)
async def test_finds(operation: Operation) -> None:
    """Each operation is found, with or without a query, and told what its path holds."""
    taken = Taken()
    path = "/".join(ID if part.startswith("{") else part for part in operation.path.split("/"))
    assert await taken.by(operation.method, path)
    assert await taken.by(operation.method, f"{path}?expand[]=a%20b")
    names = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    assert taken.found == [(operation.method, operation.path, dict.fromkeys(names, ID))] * 2


class TestLeaves:
    @pytest.mark.parametrize(
        ("method", "path"),
        [
            pytest.param("GET", "/docs", id="what is no operation"),
            pytest.param("GET", "/v1/payment_intents", id="what nobody has"),
            pytest.param("DELETE", "/v1/setup_intents", id="another method"),
            pytest.param("OPTIONS", "/v1/setup_intents", id="a browser's question"),
            pytest.param("GET", "/v1/setup_intents/", id="a slash at the end"),
            pytest.param("POST", "/v1/setup_intents//confirm", id="an empty name"),
            pytest.param("GET", "/v1/setup_intents/seti%5F1", id="an escape"),
            pytest.param("GET", "/v1/setup_intents/seti.1", id="a dot"),
            pytest.param("GET", "/v1/setup_intents/confirm", id="a word of another path's"),
            pytest.param("GET", "http://a/v1/setup_intents", id="a whole URL"),
            pytest.param("GET", "*", id="no path"),
        ],
    )
    async def test_to_the_router(self, method: str, path: str) -> None:
        """Whatever is not plainly an operation is the router's to find."""
        assert not await Taken().by(method, path)

    async def test_whoever_expects_to_be_told_to_go_on(self) -> None:
        """A request with an expectation is the router's, which meets it or refuses it."""
        expects = {"Expect": "100-continue"}
        assert not await Taken().by("POST", "/v1/setup_intents", expects)

    async def test_what_could_not_be_read(self) -> None:
        """A request that is none of the application's is the router's."""
        taken = Taken()
        shortcut = Shortcut([answering("GET", "/", taken.found)], router)
        request = make_mocked_request("GET", "/")
        bare = web.BaseRequest(
            request._message,
            request.content,
            request.protocol,
            request.writer,
            cast("asyncio.Task[None]", None),
            request._loop,
        )
        assert await shortcut(bare) is ROUTED

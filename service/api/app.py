"""
The web application: the operations, and the health of the house.

Health and metrics are not part of Stripe's API and need no key; they tell nothing of what
is stored.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import msgspec
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from service import config, logs
from service.api.door import Door
from service.api.house import House
from service.api.outside import Outside
from service.api.routes import EVERY_OPERATION
from service.api.shortcut import Answer, Route

Health: TypeAlias = Callable[[], Awaitable[tuple[bool, Mapping[str, Any]]]]

_OURS: Final = {"Server": "Seti"}


def make_app(
    house: House,
    routes: Iterable[Route],
    outside: Outside,
    health: Health,
    more: Iterable[web.AbstractRouteDef],
) -> web.Application:
    """
    Return the application: *routes* are those of the operations, *more* of other rooms (`pages`).

    *health* says whether the house can serve, and how each of its parts is. At all other
    URLs there is nothing, which *outside* says.
    """
    app = web.Application(client_max_size=config.BODY_BYTES_MAX)
    methods: dict[str, set[str]] = {}
    for method, path, answer in routes:
        app.router.add_route(method, path, _matched(answer))
        methods.setdefault(path, {"OPTIONS"}).add(method)
    for path, known in methods.items():
        app.router.add_route("OPTIONS", path, outside.preflight(known))
    app.router.add_get("/healthz", _healthz(health))
    app.router.add_get("/metrics", _metrics)
    app.router.add_routes(more)
    app.on_shutdown.append(house.growth.end)
    return app


def routes_of(house: House) -> Sequence[Route]:
    """Return every method and path that is called, with what answers it."""
    door = Door(house)
    routes: list[Route] = []
    for operation in EVERY_OPERATION:
        answer = door.guard(operation)
        methods = ("GET", "HEAD") if operation.method == "GET" else (operation.method,)
        routes += (Route(method, operation.path, answer) for method in methods)
    return routes


def _matched(answer: Answer) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def matched(request: web.Request) -> web.StreamResponse:
        return await answer(request, request.match_info)

    return matched


def _healthz(health: Health) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def healthz(_: web.Request) -> web.Response:
        serves, told = await health()
        body = msgspec.json.encode(told)
        status = 200 if serves else 503
        headers = _OURS | {"Content-Type": "application/json"}
        return web.Response(body=body, status=status, headers=headers)

    return healthz


async def _metrics(_: web.Request) -> web.Response:
    logs.flush()  # What was told of calls is counted then.
    return web.Response(
        body=generate_latest(), headers=_OURS | {"Content-Type": CONTENT_TYPE_LATEST}
    )

"""
The web application: the operations, the health of the house, and a 404 for all the rest.

Health and metrics are not part of Stripe's API and need no key; they tell nothing of what
is stored.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Final

import msgspec
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from service import config
from service.api.door import Door
from service.api.house import House
from service.api.operation import Operation
from service.api.problems import Problem
from service.api.routes import OPERATIONS
from service.commands.path import Reply
from service.wire.bad_param import shown
from service.wire.hashes import Hash

Health = Callable[[], Awaitable[tuple[bool, Mapping[str, Any]]]]


def make_app(house: House, health: Health, more: Iterable[web.AbstractRouteDef]) -> web.Application:
    """
    Return the application. *more* are routes of other rooms (`pages`).

    *health* says whether the house can serve, and how each of its parts is.
    """
    app = web.Application(client_max_size=config.BODY_BYTES_MAX)
    door = Door(house)
    for operation in OPERATIONS:
        app.router.add_route(operation.method, operation.path, door.guard(operation))
    app.router.add_get("/healthz", _healthz(health))
    app.router.add_get("/metrics", _metrics)
    app.router.add_routes(more)
    app.router.add_route("*", _UNKNOWN.path, door.guard(_UNKNOWN))
    return app


async def _unknown_url(call: Any) -> Reply:
    method, path = call.request.method, call.request.path
    raise Problem(404, f"There is nothing at this URL ({method}: {shown(path)}).")


_UNKNOWN: Final = Operation(
    method="*",
    path="/{tail:.*}",
    handler=_unknown_url,
    takes=Hash,
    gives="error",
    resource=None,
    publishable=True,
)


def _healthz(health: Health) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def healthz(_: web.Request) -> web.Response:
        serves, parts = await health()
        body = msgspec.json.encode({"status": "ok" if serves else "unavailable", **parts})
        status = 200 if serves else 503
        return web.Response(body=body, status=status, content_type="application/json")

    return healthz


async def _metrics(_: web.Request) -> web.Response:
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

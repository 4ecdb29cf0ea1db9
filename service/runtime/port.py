"""
The port: it is taken before anything is made, so that one in use is told at once and a refused
first start leaves nothing behind, and answered on when all that answers is there.
"""

import asyncio
import errno
import gc
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from service import config
from service.api.connection import Connection
from service.api.outside import Outside
from service.api.shortcut import Route, Shortcut
from service.config import CannotStart, Settings
from service.runtime.parts import refuse_in_use

# Requests leave next to no cycles behind, and the folds that are kept are many: a collector
# with its default thresholds takes a seventh of a request's time, and finds nothing.
_COLLECT_AFTER: Final = (50_000, 50, 100)


def the_port(settings: Settings) -> socket.socket:
    """
    Return a socket that has the port that *settings* name. Raise `CannotStart`.

    Where a Seti serves the same directory already, that is what is told: its port is in use too.
    """
    try:
        return _bound(settings)
    except CannotStart:
        refuse_in_use(settings)
        raise


def _bound(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen(config.BACKLOG_MAX)
    except OSError as error:
        listening.close()
        # A name that is unknown, or an address of another machine's: no port would do.
        elsewhere = isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL
        raise CannotStart(
            f"Port {settings.port} on {settings.host} cannot be listened on: {error.strerror}. "
            f"Set {'SETI_HOST' if elsewhere else 'SETI_PORT'} to another one."
        ) from error
    return listening


@asynccontextmanager
async def listening_on(
    listening: socket.socket, app: web.Application, routes: Iterable[Route], outside: Outside
) -> AsyncIterator[None]:
    """
    Answer what comes in on *listening*. Leaving it waits for answers in flight.

    *routes* are those of *app* that are found by the shortcut.
    """
    runner = web.AppRunner(app, shutdown_timeout=config.DRAIN_S)
    await runner.setup()
    server = runner.server
    assert server is not None  # noqa: S101 (The runner is set up.)
    server.request_handler = Shortcut(routes, server.request_handler)
    accepting = await asyncio.get_running_loop().create_server(
        lambda: Connection(server, outside), sock=listening, backlog=config.BACKLOG_MAX
    )
    _collect_seldom()
    try:
        yield
    finally:
        accepting.close()
        await runner.cleanup()


def _collect_seldom() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)

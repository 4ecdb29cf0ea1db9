"""Servers of connections as the service has them, without the service."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import cast

from aiohttp import web

from service import config
from service.api.connection import Connection
from service.api.house import House
from service.api.outside import Outside


@asynccontextmanager
async def answered_by(
    answer: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]],
    head_within_s: float = config.HEAD_WAIT_S,
) -> AsyncIterator[int]:
    """Give the port on which *answer* is asked."""
    server = web.Server(answer)
    # Whatever is asked here is answered by the server: nothing is refused by the house.
    outside = Outside(cast("House", None))
    listening = await asyncio.get_running_loop().create_server(
        lambda: Connection(server, outside, head_within_s), "127.0.0.1", 0
    )
    yield listening.sockets[0].getsockname()[1]
    listening.close()
    await server.shutdown()
    await listening.wait_closed()

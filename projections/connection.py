"""
How Redis is reached: few connections, short waits, and no retry behind anybody's back.

All connections are opened by recovery, at once; see `trust`.
"""

import asyncio
from typing import Any, Final, cast

import hiredis
import redis.asyncio as aredis
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from projections.trust import Trust
from service.config import REDIS_TIMEOUT_S

CONNECTIONS: Final = 5

UNREACHABLE: Final = (RedisError, OSError)
"""What a command raises where Redis does not answer it."""


class Unverified(RedisConnectionError):
    """A connection was lost, and only the recovery may make another."""


def connect(url: str, trust: Trust) -> aredis.Redis:
    """Return a client for *url* (`unix:///…`, `redis://…`). Nothing is opened yet."""

    async def acquaint(connection: AbstractConnection) -> None:
        if not trust.accepts_connections:
            trust.doubt()
            raise Unverified("the connection to Redis was lost")
        await connection.on_connect()

    pool = aredis.BlockingConnectionPool.from_url(
        url,
        max_connections=CONNECTIONS,
        timeout=REDIS_TIMEOUT_S,
        socket_timeout=REDIS_TIMEOUT_S,
        socket_connect_timeout=REDIS_TIMEOUT_S,
        retry=Retry(NoBackoff(), 0),
        redis_connect_func=acquaint,
    )
    pool.connection_class = _packing(pool.connection_class)
    return aredis.Redis.from_pool(pool)


def _packing(kind: type[AbstractConnection]) -> type[AbstractConnection]:
    """Return *kind* of connection with commands packed by hiredis, as the blocking ones are."""

    class Packing(kind):  # type: ignore[misc, valid-type] # The pool's choice, by the URL.
        def pack_command(self, *args: Any) -> list[bytes]:
            if " " in args[0]:  # Two words, which have to be sent as two.
                return cast("list[bytes]", super().pack_command(*args))
            return [hiredis.pack_command(args)]

    return Packing


async def open_all(client: aredis.Redis, trust: Trust) -> None:
    """Open every connection of *client*, or raise one of `UNREACHABLE`."""
    trust.accepts_connections = True
    try:
        # All are waited for, so that none is still being opened when the door is closed.
        pings = (client.ping() for _ in range(CONNECTIONS))
        answers = await asyncio.gather(*pings, return_exceptions=True)
    finally:
        trust.accepts_connections = False
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer

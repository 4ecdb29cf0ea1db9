"""
Transactions that take place only while a key holds what it should.

Whoever changes the key meanwhile, or loses it, makes the whole transaction come to nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import redis

from projections.transaction import Transaction, packed


def transact(client: redis.Redis, key: bytes, expected: bytes, transaction: Transaction) -> bool:
    """
    Do *transaction* if *key* holds *expected* until it is done. Return whether it was.

    Nothing is tried again: after a lost connection nobody knows whether it took place, and
    `redis.ConnectionError` says so.
    """
    with _connection(client) as connection:
        connection.send_packed_command([packed(b"WATCH", key) + packed(b"GET", key)])
        connection.read_response()
        if _bytes(connection.read_response()) != expected:
            connection.send_packed_command([packed(b"UNWATCH")])
            connection.read_response()
            return False
        connection.send_packed_command([transaction.packed])
        for _ in range(transaction.commands - 1):
            connection.read_response()
        answers = connection.read_response()
    if answers is None:
        return False
    for answer in answers:
        if isinstance(answer, redis.RedisError):
            raise answer
    return True


@contextmanager
def _connection(client: redis.Redis) -> Iterator[Any]:
    """Give a connection, which is closed where its answers were not read to the end."""
    connection: Any = client.connection_pool.get_connection()
    try:
        yield connection
    except BaseException:
        connection.disconnect()
        raise
    finally:
        client.connection_pool.release(connection)


def _bytes(raw: str | bytes | None) -> bytes | None:
    return raw.encode() if isinstance(raw, str) else raw

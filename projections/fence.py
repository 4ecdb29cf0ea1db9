"""
Transactions that take place only while a key holds what it should.

Whoever changes the key meanwhile, or loses it, makes the whole transaction come to nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import redis

from projections.transaction import Transaction, packed


class KeyChanged(Exception):
    """The key holds something else. The last transaction came to nothing."""


class Fence:
    """
    Does transactions over *connection*, one after the other, while *key* holds *expected*.

    Nobody waits for the answers to one before the next one is ready. The key is watched, and
    asked for, along with what is sent before, so that this is the only time to wait.
    """

    def __init__(self, connection: Any, key: bytes, expected: bytes) -> None:
        self._connection = connection
        self._expected = expected
        self._watch = packed(b"WATCH", key) + packed(b"GET", key)
        self._commands = 0
        connection.send_packed_command([self._watch])

    def do(self, transaction: Transaction) -> None:
        """
        Begin *transaction* once the last one has taken place.

        Raise `KeyChanged` where that or the key is not what it should be. Nothing is tried
        again: after a lost connection nobody knows what took place, and
        `redis.ConnectionError` says so.
        """
        self._see_through()
        self._connection.send_packed_command([transaction.packed, self._watch])
        self._commands = transaction.commands

    def end(self) -> None:
        """Wait until the last transaction has taken place. Raise as `do` does."""
        self._see_through()
        self._connection.send_packed_command([packed(b"UNWATCH")])
        self._connection.read_response()

    def _see_through(self) -> None:
        if self._commands:
            for _ in range(self._commands - 1):
                self._connection.read_response()
            _check(self._connection.read_response())
        self._connection.read_response()
        if _bytes(self._connection.read_response()) != self._expected:
            raise KeyChanged


@contextmanager
def fenced(client: redis.Redis, key: bytes, expected: bytes) -> Iterator[Fence]:
    """Give a fence on a connection of its own. What it did has taken place when the block ends."""
    with _connection(client) as connection:
        fence = Fence(connection, key, expected)
        yield fence
        fence.end()


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


def _check(answers: list[Any] | None) -> None:
    """Raise `KeyChanged` where a transaction's *answers* say that it did not take place."""
    if answers is None:
        raise KeyChanged
    for answer in answers:
        if isinstance(answer, redis.RedisError):
            raise answer


def _bytes(raw: str | bytes | None) -> bytes | None:
    return raw.encode() if isinstance(raw, str) else raw

"""What a server's Redis holds, looked at behind its back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import redis

from projections.keys import is_list, is_view, name_at
from tests.e2e.server import Server


@contextmanager
def redis_of(server: Server) -> Iterator[redis.Redis]:
    """Give a client of the Redis that *server* brought along."""
    with redis.Redis(unix_socket_path=server.valkey_socket) as client:
        yield client


def held(client: redis.Redis) -> dict[bytes, Any]:
    """Return all that is there, by key."""
    return {key: _value(client, key) for key in client.scan_iter(count=1000)}


def documents(client: redis.Redis) -> dict[str, Any]:
    """Return every view and list, by its name: generations are left out."""
    kept = {key: value for key, value in held(client).items() if is_view(key) or is_list(key)}
    return {name_at(key): value for key, value in kept.items()}


def _value(client: Any, key: bytes) -> Any:
    kind = client.type(key)
    if kind == b"string":
        return client.get(key)
    if kind == b"zset":
        return client.zrange(key, 0, -1)
    if kind == b"hash":
        return client.hgetall(key)
    assert kind == b"set", kind
    return sorted(client.smembers(key))

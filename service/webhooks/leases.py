"""
Which endpoints this process delivers to.

Endpoints are sharded by their ids, and a process delivers to those whose shards it holds. One
process over SQLite holds all of them. Where several share a ledger, each shard is a lock that
the database gives (PostgreSQL's advisory locks are of that kind: held by a session, and gone
with it), so that at most one holds it, and another takes it over when its holder dies.

What is known of a shard's deliveries is in memory only while it is held. Whoever loses one
drops that, but for attempts under way; whoever gains one reads what is open from the ledger.
Two fences make that safe. `holds` is asked before every attempt, and must say no as soon as
the holder cannot be sure any more, which is before anybody else can take the shard over: a
lock whose session has not been heard of for a while is not held. And the ledger takes a
failure only as the answer to the attempt that it waits for, so the outcome of an attempt that
was under way when its shard went changes nothing that the new holder has done; a success
counts whoever brings it.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, Protocol
from zlib import crc32

SHARDS: Final = 64
_REMEMBERED_MAX: Final = 65_536


@lru_cache(_REMEMBERED_MAX)
def shard_of(endpoint_id: str) -> int:
    """Return the shard that an endpoint belongs to, in every process and for ever."""
    return crc32(endpoint_id.encode()) % SHARDS


class Leases(Protocol):
    """The shards that this process holds, from 0 to `SHARDS` - 1."""

    def holds(self, shard: int) -> bool:
        """Say whether *shard* is held now, beyond doubt. Cheap: asked before each attempt."""
        ...

    def watch(self, changed: Callable[[], None]) -> None:
        """Have *changed* called, on the loop, whenever a shard was gained or lost."""
        ...


class SoleOwner:
    """Holds every shard, for ever: nobody else has the ledger open."""

    def holds(self, _shard: int) -> bool:
        return True

    def watch(self, _changed: Callable[[], None]) -> None:
        """Never call: nothing changes."""

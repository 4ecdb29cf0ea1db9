"""Has Redis write what it holds to its disk, in the place of what it wrote before."""

import asyncio
from pathlib import Path
from typing import Any, Final

import redis.asyncio as aredis

from projections.connection import UNREACHABLE

WITHIN_S: Final = 120.0
_LOOK_S: Final = 0.02
# What a server that was killed while it wrote has left, and what could not be read at a start.
_UNFINISHED: Final = "temp-*.rdb"
_UNREADABLE: Final = "*.unreadable"


class SnapshotFailed(Exception):
    """What Redis has on its disk may be older than what it holds."""


async def take_snapshot(client: aredis.Redis) -> None:
    """Return once everything that *client* has written is in a snapshot, and no older one is."""
    try:
        async with asyncio.timeout(WITHIN_S):
            await _until_idle(client)
            await client.bgsave()
            state = await _until_idle(client)
    except UNREACHABLE as reason:
        raise SnapshotFailed(str(reason)) from reason
    except TimeoutError:
        raise SnapshotFailed("Redis writes no snapshot in time.") from None
    if state["rdb_last_bgsave_status"] != "ok":
        raise SnapshotFailed("Redis cannot write its snapshot.")


def remove_leftovers(directory: Path) -> None:
    """Remove what embedded servers have left in *directory* beside their snapshot."""
    remove_unfinished(directory)
    _remove(directory, _UNREADABLE)


def remove_unfinished(directory: Path) -> None:
    """Remove the snapshots in *directory* that no server has finished, or ever will."""
    _remove(directory, _UNFINISHED)


def _remove(directory: Path, pattern: str) -> None:
    for file in directory.glob(pattern):
        file.unlink(missing_ok=True)


async def _until_idle(client: aredis.Redis) -> dict[str, Any]:
    """Wait until no snapshot is being written, and return what Redis says of its last one."""
    while True:
        state: dict[str, Any] = await client.info("persistence")
        if not state["rdb_bgsave_in_progress"]:
            return state
        await asyncio.sleep(_LOOK_S)

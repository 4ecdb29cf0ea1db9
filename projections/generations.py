"""The generations of views in Redis: which one is current, and the end of those that were."""

from collections.abc import Iterable
from typing import Final

import redis.asyncio as aredis

from projections.indexes import EVENTS, Index, events_of_type
from projections.keys import (
    BUILDING,
    GENERATIONS,
    MARKER,
    TRIMMED,
    Marker,
    index_key,
    owner_read,
    owners_key,
    prefix_of,
)
from projections.scripts import text_of
from service.domain.announcements import ANNOUNCED_TYPES

_SCANNED_AT_ONCE: Final = 1000
_LISTS_OF_EVENTS: Final[tuple[Index, ...]] = (
    EVENTS,
    *(events_of_type(type_) for type_ in sorted(ANNOUNCED_TYPES)),
)


class Generations:
    """What the runner asks of Redis. Every method may raise one of `UNREACHABLE`."""

    def __init__(self, client: aredis.Redis) -> None:
        self._client = client
        self._replace = client.register_script(text_of("replace"))

    async def marker(self) -> Marker | None:
        """Return what is current, or None where nothing is known to be whole."""
        return Marker.read(await self._read(MARKER))

    async def building(self) -> Marker | None:
        """Return what is being built, and how far it is."""
        return Marker.read(await self._read(BUILDING))

    async def replace(self, old: Marker, new: Marker) -> bool:
        """Make *new* the marker where it still is *old*. Return whether it was."""
        return bool(await self._replace(keys=[MARKER], args=[old.written(), new.written()]))

    async def forget_all_but(self, kept: Iterable[int]) -> list[int]:
        """
        Delete every generation that is not among *kept*, and return their numbers.

        One that is being built, or has just been made current, is kept as well.
        """
        known = {int(number) for number in await self._client.smembers(GENERATIONS)}
        # In this order: a switch in between moves one from the first of these to the second.
        in_use = [await self.building(), await self.marker()]
        spared = {*kept, *(marker.generation for marker in in_use if marker is not None)}
        gone = sorted(known - spared)
        for generation in gone:
            await self._delete(generation)
            await self._client.hdel(TRIMMED, str(generation))
            await self._client.srem(GENERATIONS, str(generation))
        return gone

    async def forget_others(self, kept: int) -> None:
        """
        Delete every generation but *kept*, also one that is being built.

        Whoever builds it notices, and begins again; a rebuild that was interrupted does when
        it is taken up.
        """
        await self._client.delete(BUILDING)
        await self.forget_all_but([kept])

    async def trim_events(self, generation: int, before_at: int) -> None:
        """Take what happened before *before_at* (Unix seconds) out of the lists of events."""
        bound = f"({EVENTS.bound(before_at)}"
        await self._client.hset(TRIMMED, str(generation), str(before_at))
        for written in await self._client.smembers(owners_key(generation)):
            owner = owner_read(written if isinstance(written, str) else written.decode())
            for index in _LISTS_OF_EVENTS:
                key = index_key(generation, owner, index)
                await self._client.zremrangebylex(key, "-", bound)

    async def trimmed_to(self, generation: int) -> int:
        """Return from when on events are in the lists of a *generation*; 0 where all are."""
        return int(await self._client.hget(TRIMMED, str(generation)) or 0)

    async def disown(self) -> None:
        """Say that nothing is known to be whole, so that whoever looks has it built anew."""
        await self._client.delete(MARKER)

    async def _delete(self, generation: int) -> None:
        cursor = 0
        while True:
            cursor, keys = await self._client.scan(
                cursor, match=f"{prefix_of(generation)}*", count=_SCANNED_AT_ONCE
            )
            if keys:
                await self._client.unlink(*keys)
            if cursor == 0:
                return

    async def _read(self, key: bytes) -> bytes | None:
        raw = await self._client.get(key)
        return raw.encode() if isinstance(raw, str) else raw


async def forget_old(url: str) -> None:
    """Delete what nobody reads any more in the Redis at *url*, where no service does so."""
    async with aredis.Redis.from_url(url) as client:
        await Generations(client).forget_all_but([])

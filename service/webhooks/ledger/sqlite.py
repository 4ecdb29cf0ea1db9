"""
The ledger in one SQLite file, for one process.

It is not the log's file, so that outcomes never wait for appends nor appends for outcomes.
One thread writes, one reads for those who deliver, and one for everybody else, each with a
connection of its own: a list that takes long holds up no delivery.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Final, TypeVar

from service.domain.endpoint_health import Health
from service.domain.trails import Trail
from service.webhooks.ledger import browsing, excerpts, queue, replays, standstills, writes
from service.webhooks.ledger.endpoint_rows import endpoint_of
from service.webhooks.ledger.hands import Hand
from service.webhooks.ledger.health import health_of
from service.webhooks.ledger.rows import attempt_of, delivery_of
from service.webhooks.ledger.trails import trails_of
from service.webhooks.ledger.values import (
    LIVE,
    AttemptRow,
    DeliveryRow,
    Due,
    Endpoint,
    EventOfObject,
    FanOut,
    Settlement,
    State,
    Stretch,
)

R = TypeVar("R")

_PURGED_AT_ONCE: Final = 500
_LAST: Final = 2**63 - 1


class SqliteLedger:
    """The ledger behind three connections. Make it with `open_ledger`."""

    def __init__(
        self,
        writing: sqlite3.Connection,
        reading: sqlite3.Connection,
        looking: sqlite3.Connection,
    ) -> None:
        self._writer = Hand(writing, "writer")
        self._reader = Hand(reading, "reader")
        self._looker = Hand(looking, "looker")
        self._wiped: set[str] = set()
        # Whether something may be left to close: a start does not know.
        self._closing = True

    async def position(self) -> int:
        ((_, position),) = await self._reader.rows("tracked", writes.FOLLOWER)
        return int(position)

    async def endpoints(self) -> list[Endpoint]:
        return [endpoint_of(row) for row in await self._reader.rows("endpoints")]

    async def begin(self, at: int) -> None:
        await self.change(partial(standstills.begin, at=at))

    async def fan_out(self, batch: FanOut) -> None:
        self._closing = self._closing or any(change.ends for change in batch.changes)
        await self.change(partial(writes.fan_out, batch=batch))

    async def close_some(self) -> bool:
        if self._closing:
            self._closing = await self.change(writes.close_some)
        return self._closing

    async def record(self, settlements: Sequence[Settlement]) -> None:
        # What was on its way when its stream was forgotten may be said back only now.
        if self._wiped:
            settlements = [excerpts.without(each, self._wiped) for each in settlements]
        await self.change(partial(writes.record, settlements=settlements))

    async def health(self, endpoint_ids: Iterable[str]) -> dict[str, Health]:
        rows = await self._looker.rows("health", json.dumps(list(endpoint_ids)))
        return {endpoint_id: health_of(columns) for endpoint_id, *columns in rows}

    async def waiting(self, endpoint_ids: Iterable[str]) -> dict[str, dict[State, int]]:
        found: dict[str, dict[State, int]] = {}
        for endpoint_id, state, count in await self._looker.rows(
            "waiting", json.dumps(list(endpoint_ids))
        ):
            found.setdefault(endpoint_id, {})[State(state)] = count
        return found

    async def due(self, stretches: Sequence[Stretch]) -> list[list[Due]]:
        return await self._reader.do(partial(queue.due, stretches=stretches))

    async def earlier_open(self, event: EventOfObject) -> int | None:
        return await self._reader.do(partial(queue.earlier_open, event=event))

    async def exhaust(
        self, endpoint_id: str, before: int, now: int, origin: str | None = None
    ) -> int:
        given_up = 0
        asked = queue.Overdue(endpoint_id, before, now, origin)
        overdue = partial(queue.exhaust, asked=asked)
        while step := await self.change(partial(overdue, limit=_PURGED_AT_ONCE)):
            given_up += step
        return given_up

    async def count_open(self) -> int:
        ((count,),) = await self._looker.rows("count_open")
        return int(count)

    async def counts(self) -> Mapping[State, int]:
        return {State(state): count for state, count in await self._looker.rows("counts")}

    async def pending(self, event_ids: Iterable[str]) -> dict[str, int]:
        asked = list(event_ids)
        found = dict(await self._looker.rows("pending", json.dumps(asked)))
        return {event_id: found.get(event_id, 0) for event_id in asked}

    async def deliveries_of_event(self, event_id: str) -> list[DeliveryRow]:
        return [
            delivery_of(row) for row in await self._looker.rows("deliveries_of_event", event_id)
        ]

    async def deliveries_of_endpoint(
        self, endpoint_id: str, *, before: int | None = None, limit: int = 100
    ) -> list[DeliveryRow]:
        bound = _LAST if before is None else before
        rows = await self._looker.rows("deliveries_of_endpoint", endpoint_id, bound, limit)
        return [delivery_of(row) for row in rows]

    async def trails(self, event_ids: Iterable[str]) -> dict[str, list[Trail]]:
        return await self.look(partial(trails_of, event_ids=event_ids))

    async def attempts_of(
        self, event_id: str, endpoint_id: str, origin: str = LIVE
    ) -> list[AttemptRow]:
        rows = await self._looker.rows("attempts_of_delivery", event_id, endpoint_id, origin)
        return [attempt_of(row) for row in rows]

    async def last_attempts(self, endpoint_id: str, limit: int) -> list[AttemptRow]:
        rows = await self._looker.rows("last_attempts_of_endpoint", endpoint_id, limit)
        return [attempt_of(row) for row in rows]

    async def purge_attempts(self, before: int) -> int:
        purged = 0
        purge = partial(writes.purge_attempts, before=before, limit=_PURGED_AT_ONCE)
        while step := await self.change(purge):
            purged += step
        return purged

    async def wipe_excerpts(self, versions: Mapping[str, int]) -> None:
        """
        Forget what receivers say when they are told of streams, whose *versions* are the last.

        What they say later is not kept either, as long as this process lives: the next one
        tells them nothing that was rendered before.
        """
        self._wiped.update(versions)
        waiting = excerpts.events_of(versions)
        while some := list(islice(waiting, _PURGED_AT_ONCE)):
            await self.change(partial(excerpts.wipe, event_ids=some))

    async def scrub(self) -> bool:
        """Have what was overwritten gone from the write-ahead log; False if somebody reads."""
        return await self.change(excerpts.scrub)

    async def close(self) -> None:
        """Finish what was asked for, then let go of the file."""
        for hand in (self._looker, self._reader, self._writer):
            await hand.close()

    async def look(self, at: Callable[[sqlite3.Connection], R]) -> R:
        """Return what *at* sees, beside whoever writes and whoever delivers."""
        return await self._looker.do(at)

    async def change(self, by: Callable[[sqlite3.Connection], R]) -> R:
        """Have *by* write, in a transaction of its own."""
        return await self._writer.do(by)

    async def are_open(self, keys: Sequence[Sequence[str]]) -> list[bool]:
        return await self._reader.do(partial(browsing.are_open, keys=keys))

    async def elsewhere(self) -> dict[str, str]:
        return await self._reader.do(replays.elsewhere)

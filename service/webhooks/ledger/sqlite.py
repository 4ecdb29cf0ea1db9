"""
The ledger in one SQLite file, for one process.

It is not the log's file, so that outcomes never wait for appends nor appends for outcomes.
One thread writes and one reads, each with a connection of its own.
"""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any, Final, ParamSpec, TypeVar

from service.domain.endpoint_health import Health
from service.domain.trails import Trail
from service.webhooks.ledger import browsing, excerpts, queue, replays, writes
from service.webhooks.ledger.endpoint_rows import endpoint_of
from service.webhooks.ledger.health import health_of
from service.webhooks.ledger.protocol import LedgerUnavailable
from service.webhooks.ledger.rows import attempt_of, delivery_of
from service.webhooks.ledger.statements import NAMED
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

P = ParamSpec("P")
R = TypeVar("R")

_PURGED_AT_ONCE: Final = 500
_LAST: Final = 2**63 - 1


class SqliteLedger:
    """The ledger behind two connections. Make it with `open_ledger`."""

    def __init__(self, writing: sqlite3.Connection, reading: sqlite3.Connection) -> None:
        self._writing = writing
        self._reading = reading
        self._wiped: set[str] = set()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="ledger-writer")
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="ledger-reader")

    async def position(self) -> int:
        ((_, position),) = await self._rows("tracked", writes.FOLLOWER)
        return int(position)

    async def endpoints(self) -> list[Endpoint]:
        return [endpoint_of(row) for row in await self._rows("endpoints")]

    async def begin(self, at: int) -> None:
        # Hardly ever more than a look: clocks are seldom set back.
        ((told_at,),) = await self._rows("told_at")
        if told_at > at:
            await self._write(writes.set_back, self._writing, told_at - at)

    async def fan_out(self, batch: FanOut) -> None:
        await self._write(writes.fan_out, self._writing, batch)

    async def record(self, settlements: Sequence[Settlement]) -> None:
        # What was on its way when its stream was forgotten may be said back only now.
        if self._wiped:
            settlements = [excerpts.without(each, self._wiped) for each in settlements]
        await self._write(writes.record, self._writing, settlements)

    async def health(self, endpoint_ids: Iterable[str]) -> dict[str, Health]:
        rows = await self._rows("health", json.dumps(list(endpoint_ids)))
        return {endpoint_id: health_of(columns) for endpoint_id, *columns in rows}

    async def waiting(self, endpoint_ids: Iterable[str]) -> dict[str, dict[State, int]]:
        found: dict[str, dict[State, int]] = {}
        for endpoint_id, state, count in await self._rows(
            "waiting", json.dumps(list(endpoint_ids))
        ):
            found.setdefault(endpoint_id, {})[State(state)] = count
        return found

    async def due(self, stretches: Sequence[Stretch]) -> list[list[Due]]:
        return await _run(self._reader, lambda: queue.due(self._reading, stretches))

    async def earlier_open(self, event: EventOfObject) -> int | None:
        return await _run(self._reader, lambda: queue.earlier_open(self._reading, event))

    async def exhaust(self, endpoint_id: str, before: int, now: int) -> int:
        given_up = 0
        overdue: dict[str, Any] = {"endpoint_id": endpoint_id, "before": before, "now": now}
        while step := await self._write(queue.exhaust, self._writing, _PURGED_AT_ONCE, **overdue):
            given_up += step
        return given_up

    async def count_open(self) -> int:
        ((count,),) = await self._rows("count_open")
        return int(count)

    async def counts(self) -> Mapping[State, int]:
        return {State(state): count for state, count in await self._rows("counts")}

    async def pending(self, event_ids: Iterable[str]) -> dict[str, int]:
        asked = list(event_ids)
        found = dict(await self._rows("pending", json.dumps(asked)))
        return {event_id: found.get(event_id, 0) for event_id in asked}

    async def deliveries_of_event(self, event_id: str) -> list[DeliveryRow]:
        return [delivery_of(row) for row in await self._rows("deliveries_of_event", event_id)]

    async def deliveries_of_endpoint(
        self, endpoint_id: str, *, before: int | None = None, limit: int = 100
    ) -> list[DeliveryRow]:
        bound = _LAST if before is None else before
        rows = await self._rows("deliveries_of_endpoint", endpoint_id, bound, limit)
        return [delivery_of(row) for row in rows]

    async def trails(self, event_ids: Iterable[str]) -> dict[str, list[Trail]]:
        return await _run(self._reader, lambda: trails_of(self._reading, event_ids))

    async def attempts_of(
        self, event_id: str, endpoint_id: str, origin: str = LIVE
    ) -> list[AttemptRow]:
        rows = await self._rows("attempts_of_delivery", event_id, endpoint_id, origin)
        return [attempt_of(row) for row in rows]

    async def last_attempts(self, endpoint_id: str, limit: int) -> list[AttemptRow]:
        rows = await self._rows("last_attempts_of_endpoint", endpoint_id, limit)
        return [attempt_of(row) for row in rows]

    async def purge_attempts(self, before: int) -> int:
        purged = 0
        while step := await self._write(
            writes.purge_attempts, self._writing, before, _PURGED_AT_ONCE
        ):
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
            await self._write(excerpts.wipe, self._writing, some)

    async def scrub(self) -> bool:
        """Have what was overwritten gone from the write-ahead log; False if somebody reads."""
        return await self._write(excerpts.scrub, self._writing)

    async def close(self) -> None:
        """Finish what was asked for, then let go of the file."""
        for executor, connection in (
            (self._reader, self._reading),
            (self._writer, self._writing),
        ):
            await asyncio.get_running_loop().run_in_executor(executor, connection.close)
            executor.shutdown()

    async def look(self, at: Callable[[sqlite3.Connection], R]) -> R:
        """Return what *at* sees, beside whoever writes."""
        return await _run(self._reader, lambda: at(self._reading))

    async def change(self, by: Callable[[sqlite3.Connection], R]) -> R:
        """Have *by* write, in a transaction of its own."""
        return await _run(self._writer, lambda: by(self._writing))

    async def is_open(self, key: Sequence[str]) -> bool:
        return await self.look(lambda connection: browsing.is_open(connection, key))

    async def elsewhere(self) -> dict[str, str]:
        return await self.look(replays.elsewhere)

    async def _rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        def read() -> list[tuple[Any, ...]]:
            return self._reading.execute(NAMED[query], parameters).fetchall()

        return await _run(self._reader, read)

    async def _write(self, write: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return await _run(self._writer, lambda: write(*args, **kwargs))


async def _run(executor: ThreadPoolExecutor, call: Callable[[], R]) -> R:
    try:
        return await asyncio.get_running_loop().run_in_executor(executor, call)
    except sqlite3.Error as error:
        raise LedgerUnavailable(f"The deliveries ledger does not answer: {error}.") from error

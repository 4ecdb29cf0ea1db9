"""
Where the dispatcher stands, told to whoever watches it.

Counted from time to time, and never while a delivery or a scrape waits for it. What is in
memory is looked through every few seconds. The ledger's queue is counted by its own thread, and
the longer that took, the longer it is until the next time.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Final

import structlog

from service.metrics import (
    ATTEMPTS_UNDER_WAY,
    BREAKERS,
    DELIVERIES_OPEN,
    OLDEST_DUE,
    WINDOWS,
)
from service.webhooks.clocks import Now
from service.webhooks.condition import Condition, Standing
from service.webhooks.lane import Lane
from service.webhooks.lanes import Lanes
from service.webhooks.ledger.protocol import Ledger, LedgerUnavailable
from service.webhooks.registry import Registry

LOOK_S: Final = 2.0
_COUNT_S: Final = 15.0
_SHARE_OF_TIME: Final = 100
_STATES: Final = ("closed", "open", "half_open")

log = structlog.get_logger()


class Gauges:
    """Looks at *lanes*, of the endpoints of *registry*, and counts what is open in *ledger*."""

    def __init__(
        self, lanes: Lanes, registry: Registry, ledger: Ledger, now: Callable[[], Now]
    ) -> None:
        self._lanes = lanes
        self._registry = registry
        self._ledger = ledger
        self._now = now
        # How many breakers were not closed at the last look.
        self.broken = 0

    async def run(self) -> None:
        """Tell until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._look_through())
            group.create_task(self._count())

    def look(self) -> None:
        """Tell what is in memory."""
        self._lanes.prune(self._registry.knows)
        now, stations = self._now(), list(self._lanes.stations.values())
        states = Counter(_state(station.gate.condition, now) for station in stations)
        self.broken = len(stations) - states["closed"]
        for state in _STATES:
            BREAKERS.labels(state).set(states[state])
        for standing in Standing:
            ATTEMPTS_UNDER_WAY.labels(standing).set(self._lanes.slots.taken[standing])
        WINDOWS.set(sum(station.gate.limit for station in stations))
        lanes = [lane for station in stations for lane in station.lanes]
        for failing in (False, True):
            there = [lane for lane in lanes if bool(lane.gate.condition.failures) is failing]
            OLDEST_DUE.labels("failing" if failing else "well").set(_overdue_s(there, now))

    async def _look_through(self) -> None:
        while True:
            self.look()
            await asyncio.sleep(LOOK_S)

    async def _count(self) -> None:
        while True:
            began = monotonic()
            try:
                DELIVERIES_OPEN.set(await self._ledger.count_open())
            except LedgerUnavailable as reason:
                log.warning("deliveries.not_counted", reason=str(reason))
            await asyncio.sleep(max(_COUNT_S, (monotonic() - began) * _SHARE_OF_TIME))


def _state(condition: Condition, now: Now) -> str:
    if condition.probe_at is None:
        return "closed"
    return "open" if now.tick < condition.probe_at else "half_open"


def _overdue_s(lanes: Iterable[Lane], now: Now) -> float:
    """Return for how long the first delivery in any of *lanes* has been due."""
    dues = (lane.agenda.next_due_at for lane in lanes)
    oldest = min((due for due in dues if due is not None), default=now.ms)
    return max(now.ms - oldest, 0) / 1000

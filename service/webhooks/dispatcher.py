"""
Keeps deliveries going: takes what is due, attempts it, has the outcome written, forgets it.

In this order, so that a kill at any instant loses nothing: a delivery that was sent and not
written down is sent again, under the same id. Nothing here decides when or whether: that is
`lanes` (whose turn it is), `delivering` (one attempt, and what follows from it) and `leases`
(whether it is this process that delivers).
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Final

from service import config
from service.metrics import DELIVERIES_HELD
from service.webhooks.agenda import Room
from service.webhooks.courtesy import Courtesy
from service.webhooks.delivering import Deliverer
from service.webhooks.disabling import Disable, Disabler
from service.webhooks.gauges import Gauges
from service.webhooks.lanes import Lanes
from service.webhooks.leases import SHARDS, Leases, SoleOwner, shard_of
from service.webhooks.ledger.protocol import Ledger
from service.webhooks.refill import Refill
from service.webhooks.sender import Sender
from service.webhooks.tasks import Tasks
from service.webhooks.work import Work

_LOOK_AGAIN_S: Final = 1.0


class Dispatcher:
    """Attempts through *sender* what *ledger* has open; calls *disable* for who hears nothing."""

    def __init__(
        self,
        ledger: Ledger,
        sender: Sender,
        disable: Disable,
        leases: Leases | None = None,
    ) -> None:
        self._sender = sender
        self._now = sender.now
        self._leases = leases or SoleOwner()
        self._woken = asyncio.Event()
        self.lanes = Lanes(
            config.ATTEMPTS_IN_FLIGHT_MAX,
            Room(config.DELIVERIES_IN_MEMORY_MAX),
            is_owned=self._owns,
            is_ordered=sender.registry.is_ordered,
            elsewhere=sender.registry.elsewhere,
        )
        self._gauges = Gauges(self.lanes, sender.registry, ledger, self._now)
        self._refill = Refill(ledger, self.lanes, self._now, self._woken.set)
        self._shards: set[int] = set()
        self._stopping = False
        self._tasks = Tasks()
        disabler = Disabler(ledger, sender.registry, disable)
        self._deliverer = Deliverer(
            ledger=ledger,
            sender=sender,
            lanes=self.lanes,
            tasks=self._tasks,
            failed=lambda ids: self._tasks.start(disabler.look_at(ids)),
            moved=self._woken.set,
        )

    @property
    def stuck(self) -> str | None:
        """Why nothing is started: outcomes cannot be written down, or deliveries not be read."""
        return self._deliverer.recorder.stuck or self._refill.unread

    def standing(self) -> Mapping[str, int]:
        """Return how much is in memory and under way, and how many breakers are open."""
        return {
            "held": len(self.lanes),
            "under_way": self.lanes.slots.under_way,
            "breakers_open": self._gauges.broken,
        }

    def offer(self, works: Sequence[Work]) -> None:
        """Take new deliveries, which the ledger has already."""
        now = self._now()
        for work in works:
            self.lanes.offer(work, now)
        self._woken.set()

    def doubt(self) -> None:
        """Look into the ledger again: it may hold open deliveries that were never offered."""
        self.look_again(self._sender.registry.ids())

    def look_again(self, endpoint_ids: Iterable[str]) -> None:
        """As `doubt`, of some endpoints."""
        now = self._now()
        for endpoint_id in endpoint_ids:
            if self._owns(endpoint_id):
                self.lanes.doubt(endpoint_id, now)
        self._woken.set()

    def begin_anew(self, endpoint_id: str) -> None:
        """Hold nothing against an endpoint that was enabled again, or moved."""
        self._deliverer.care.begin_anew(endpoint_id, self._now())
        # What was asked for just when it was disabled is open, and was forgotten here.
        self.look_again((endpoint_id,))

    def stop(self) -> None:
        """Start nothing new, and let `run` come to its end."""
        self._stopping = True
        self._woken.set()

    async def run(self, grace_s: float = config.DRAIN_S / 2) -> None:
        """
        Deliver until `stop` is called.

        Attempts under way may then take *grace_s* to finish, and are abandoned after that:
        their deliveries are still open. As much again is given to writing the outcomes.
        """
        async with asyncio.TaskGroup() as group:
            beside = [
                group.create_task(each)
                for each in (
                    self._deliverer.recorder.run(),
                    self._gauges.run(),
                    Courtesy(self.lanes.slots).run(),
                )
            ]
            try:
                self._leases.watch(lambda: self._tasks.start(self._deal()))
                await self._deal()
                while not self._stopping:
                    self._pump()
                    await self._wait()
                await self._finish(grace_s)
            finally:
                for task in beside:
                    task.cancel()
                self._tasks.abandon()

    async def _deal(self) -> None:
        """Let go of endpoints that are this process's no longer, and take up those that now are."""
        for endpoint_id in self.lanes.stations:
            if not self._owns(endpoint_id):
                self.lanes.leave(endpoint_id)
        before, self._shards = self._shards, set(filter(self._leases.holds, range(SHARDS)))
        new = self._shards - before
        gained = [each for each in self._sender.registry.ids() if shard_of(each) in new]
        await self._deliverer.care.recall(gained, self._now())
        self.look_again(gained)

    def _pump(self) -> None:
        """Start whatever may start now."""
        now = self._now()
        self.lanes.wake(now)
        self._refill.start()
        DELIVERIES_HELD.set(len(self.lanes))
        if not self._deliverer.recorder.is_behind:
            while works := self.lanes.next(now):
                for work in works:
                    self._tasks.start(self._deliverer.deliver(work, now))

    def _owns(self, endpoint_id: str) -> bool:
        return self._leases.holds(shard_of(endpoint_id))

    async def _wait(self) -> None:
        """Wait until something may be startable, and look again now and then all the same."""
        alarm = self.lanes.next_alarm
        wait_s = _LOOK_AGAIN_S
        if alarm is not None and not self._deliverer.recorder.is_behind:
            wait_s = min(wait_s, max(0.0, alarm - self._now().tick))
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await self._woken.wait()
        self._woken.clear()

    async def _finish(self, grace_s: float) -> None:
        await self._refill.stop()
        await self._tasks.finish(grace_s)
        with suppress(TimeoutError):
            async with asyncio.timeout(grace_s):
                await self._deliverer.recorder.drained()

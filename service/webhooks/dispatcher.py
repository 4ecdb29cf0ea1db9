"""
Keeps deliveries going: takes what is due, attempts it, has the outcome written, forgets it.

In this order, so that a kill at any instant loses nothing: a delivery that was sent and not
written down is sent again, under the same id. Nothing here decides when or whether: that is
`agenda` (what is due), `lanes` (whose turn it is) and `settlement` (what follows).
"""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any, Final

import structlog

from service import config
from service.metrics import DELIVERIES_HELD
from service.webhooks.agenda import Agenda
from service.webhooks.disabling import Disable, Disabler
from service.webhooks.lanes import WAITING_MAX, Lanes
from service.webhooks.ledger.protocol import Ledger
from service.webhooks.recorder import Recorder
from service.webhooks.refill import Refill
from service.webhooks.sender import Sender
from service.webhooks.settlement import Settled
from service.webhooks.work import Work

_LOOK_AGAIN_S: Final = 1.0
_AFTER_BUG_MS: Final = 10_000

log = structlog.get_logger()


class Dispatcher:
    """Attempts through *sender* what *ledger* has open; calls *disable* for who hears nothing."""

    def __init__(
        self,
        ledger: Ledger,
        sender: Sender,
        disable: Disable,
    ) -> None:
        self._ledger = ledger
        self._sender = sender
        self._disabler = Disabler(ledger, sender.registry, disable)
        self._woken = asyncio.Event()
        self._agenda = Agenda(config.DELIVERIES_IN_MEMORY_MAX)
        self._lanes = Lanes(config.ATTEMPTS_IN_FLIGHT_MAX, config.ATTEMPTS_PER_ENDPOINT_MAX)
        self._refill = Refill(ledger, self._agenda, self._woken.set)
        self._recorder = Recorder(ledger, self._forget)
        self._stopping = False
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def stuck(self) -> bool:
        """Whether outcomes cannot be written down now, so that nothing is started."""
        return self._recorder.stuck

    def offer(self, works: Sequence[Work]) -> None:
        """Take new deliveries, which the ledger has already."""
        for work in works:
            self._agenda.offer(work)
        self._woken.set()

    def doubt(self) -> None:
        """Look into the ledger again: it may hold open deliveries that were never offered."""
        self._agenda.doubt()
        self._woken.set()

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
            writing = group.create_task(self._recorder.run())
            try:
                while not self._stopping:
                    self._pump()
                    await self._wait()
                await self._finish(grace_s)
            finally:
                writing.cancel()
                self._abandon()

    def _pump(self) -> None:
        """Start whatever may start now."""
        self._refill.start()
        DELIVERIES_HELD.set(len(self._agenda))
        if self._recorder.stuck:
            return
        now_ms = self._now_ms()
        while work := self._agenda.take(now_ms):
            self._line_up(work, now_ms)
        while work := self._lanes.next():
            self._start(self._deliver(work))

    def _line_up(self, work: Work, now_ms: int) -> None:
        if self._sender.destination(work) is None:
            # Parked or cancelled: the ledger says so, or is about to.
            self._agenda.settle(work)
            return
        paused_until = self._lanes.paused_until(work.endpoint_id)
        if paused_until > now_ms:
            self._agenda.put_back(work, paused_until)
        elif self._lanes.room(work.endpoint_id):
            self._lanes.add(work)
        else:
            self._agenda.put_aside(work)

    async def _deliver(self, work: Work) -> None:
        try:
            self._conclude(work, await self._sender.send(work))
        except Exception:
            # A bug of ours, or a log that cannot be read: the delivery is still open.
            log.exception("delivery.broken", event_id=work.event_id, endpoint_id=work.endpoint_id)
            self._agenda.put_back(work, self._now_ms() + _AFTER_BUG_MS)
        finally:
            self._lanes.done(work.endpoint_id, self._now_ms())
            self._bring_back(work.endpoint_id)
            self._woken.set()

    def _bring_back(self, endpoint_id: str) -> None:
        """Fill an endpoint's lane, if it has run low and more was put aside."""
        room = self._lanes.room(endpoint_id)
        if room >= WAITING_MAX // 2:
            now_ms = self._now_ms()
            for work in self._agenda.bring_back(endpoint_id, room):
                self._line_up(work, now_ms)

    def _conclude(self, work: Work, settled: Settled | None) -> None:
        if settled is None:
            self._agenda.settle(work)
            return
        if settled.paused_until is not None:
            self._pause(work.endpoint_id, settled.paused_until)
        self._recorder.add(settled)

    def _pause(self, endpoint_id: str, until_ms: int) -> None:
        waited = self._lanes.pause(endpoint_id, until_ms)
        aside = self._agenda.bring_back(endpoint_id, config.DELIVERIES_IN_MEMORY_MAX)
        for work in (*waited, *aside):
            self._agenda.put_back(work, until_ms)

    def _forget(self, batch: Sequence[Settled]) -> None:
        """Let go of deliveries whose outcomes are durable, and hold what follows from them."""
        for settled in batch:
            self._agenda.settle(settled.work, settled.following)
        failing = {each.work.endpoint_id for each in batch if not each.delivered}
        if failing:
            self._start(self._disabler.look_at(failing))
        self._woken.set()

    def _start(self, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _wait(self) -> None:
        """Wait until something may be startable, and look again now and then all the same."""
        due_at = self._agenda.next_due_at
        wait_s = _LOOK_AGAIN_S
        if due_at is not None and not self._recorder.stuck:
            wait_s = min(wait_s, max(0.0, (due_at - self._now_ms()) / 1000))
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await self._woken.wait()
        self._woken.clear()

    async def _finish(self, grace_s: float) -> None:
        await self._refill.stop()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace_s)
        self._abandon()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(grace_s):
                await self._recorder.drained()

    def _abandon(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _now_ms(self) -> int:
        return int(self._sender.steady() * 1000)

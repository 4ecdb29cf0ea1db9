"""
From the log to the ledger: one delivery for each announced event and subscribed endpoint.

A tracked follower of the notification log. Deliveries, endpoints and the new position are
written in one transaction, so each event is fanned out exactly once, whatever is killed
when. Then the deliveries go to the dispatcher, bodies included, so that a new event is on
its way without being read again.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

import structlog

from service import config
from service.commands.accounts import histories_in
from service.domain.events import PersonalDataForgotten
from service.domain.recorded import Recorded
from service.store.protocol import EventStore, StoreUnavailable
from service.webhooks.addressing import Plan
from service.webhooks.bodies import Bodies
from service.webhooks.clocks import Clock
from service.webhooks.ledger.protocol import Ledger, LedgerUnavailable
from service.webhooks.ledger.values import FanOut
from service.webhooks.registry import FOLLOWED_TOPICS, Registry
from service.webhooks.work import Work

Offer = Callable[[Sequence[Work]], None]

# While nobody is subscribed, the log is looked at this often at most, and the position is
# written down only when so many events have gone by.
_UNHURRIED_S: Final = 0.2
_UNWRITTEN_MAX: Final = 10_000
_BACKOFF_S: Final = (0.1, 0.5, 1.0, 2.0)

log = structlog.get_logger()


class FanOutFollower:
    """
    Follows *store*, writes to *ledger*, keeps *registry*, and gives new work to *offer*.

    *doubt* is called where a write may have happened or not, and where somebody was forgotten:
    whoever holds work in memory must then look into the ledger again. *anew* is called for
    endpoints whose failures count no longer.
    """

    def __init__(  # noqa: PLR0913 - the room's one composition of all its parts
        self,
        *,
        store: EventStore,
        ledger: Ledger,
        registry: Registry,
        bodies: Bodies,
        offer: Offer,
        doubt: Callable[[], None],
        anew: Callable[[str], None],
        clock: Clock,
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._registry = registry
        self._bodies = bodies
        self._offer = offer
        self._doubt = doubt
        self._anew = anew
        self._clock = clock
        self._woken = asyncio.Event()
        # When the first commit was told of that has not been looked at yet.
        self._woken_at: float | None = None
        self._position = 0
        self._written = 0
        self._events_at_once = config.FAN_OUT_BATCH
        self.held: str | None = None

    @property
    def registry(self) -> Registry:
        """The endpoints, as they are at `position`."""
        return self._registry

    @property
    def clock(self) -> Clock:
        """What tells the time that deliveries are due in."""
        return self._clock

    @property
    def position(self) -> int:
        """The position up to which events were fanned out."""
        return self._position

    async def foreseen(self) -> Registry:
        """Return the endpoints as they will be once what is in the log now is fanned out."""
        limit = config.FAN_OUT_BATCH
        coming = await self._store.notifications(self._position, limit, FOLLOWED_TOPICS)
        return self._registry.ahead(coming) if coming else self._registry

    def wake(self, _position: int = 0) -> None:
        """Say that the log has grown. May be called for each commit."""
        if self._woken_at is None:
            self._woken_at = self._clock()
        self._woken.set()

    async def start(self) -> None:
        """Read from the ledger where to go on. `run` does so as well, after a failure."""
        self._position = self._written = await self._ledger.position()
        self._registry.load(await self._ledger.endpoints(), await self._of_accounts())
        head = await self._store.head()
        if self._position > head:
            # The log was put back to an earlier copy: what it holds next is new again.
            log.warning("fan_out.rewound", position=self._position, head=head)
            await self._write(head)

    async def _of_accounts(self) -> list[Recorded]:
        """Return what happened to accounts up to where events were fanned out."""
        histories = await histories_in(self._store)
        return [each for one in histories for each in one if each.position <= self._position]

    async def run(self) -> None:
        """Follow until cancelled."""
        failures = 0
        while True:
            try:
                if failures:
                    self._doubt()
                    await self.start()
                # One after the other: who was disabled keeps nobody else waiting.
                while await self.step() | await self._ledger.close_some():
                    pass
                failures, self.held = 0, None
                await self._wait(config.FAN_OUT_POLL_S)
            except Exception as reason:  # noqa: BLE001 - told of, and begun again from the ledger
                self._tell(reason, failures)
                await asyncio.sleep(_BACKOFF_S[min(failures, len(_BACKOFF_S) - 1)])
                failures += 1

    def _tell(self, reason: Exception, failures: int) -> None:
        """Say why fanning out stands still: it is waited for a disk, and a bug is to be mended."""
        self.held = str(reason)
        if isinstance(reason, LedgerUnavailable | StoreUnavailable):
            log.warning("fan_out.held", position=self._position, reason=str(reason))
        else:
            log.error("fan_out.failed", position=self._position, failures=failures, exc_info=reason)

    async def _wait(self, within_s: float) -> None:
        if not len(self._registry):
            await asyncio.sleep(_UNHURRIED_S)
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self._woken.wait()
        self._woken.clear()

    async def step(self) -> bool:
        """Take the next events in, if there are any, and say whether there were."""
        # Looked at before the log is: what is read later is never fanned out at an earlier time.
        committed_at, self._woken_at = self._woken_at or self._clock(), None
        if not len(self._registry):
            return await self._skip_to_endpoint(committed_at)
        batch = await self._store.notifications(self._position, self._events_at_once)
        if batch:
            await self._fan_out(batch, committed_at)
        return bool(batch)

    async def _skip_to_endpoint(self, committed_at: float) -> bool:
        """While nobody is subscribed, read nothing but what would change that."""
        head = await self._store.head()
        if head <= self._position:
            return False
        found = await self._store.notifications(self._position, 1, FOLLOWED_TOPICS)
        if found:
            await self._fan_out(found, committed_at)
            return True
        self._position = head
        if head - self._written > _UNWRITTEN_MAX:
            await self._write(head)
        return False

    async def _fan_out(self, batch: Sequence[Recorded], committed_at: float) -> None:
        news = await self._bodies.follow(batch)
        plan = Plan(self._registry, self._bodies, int(committed_at * 1000))
        taken = plan.take_some(batch, news)
        # What is read in vain is folded in vain.
        most = len(taken) if len(taken) < len(batch) else 2 * self._events_at_once
        self._events_at_once = min(most, config.FAN_OUT_BATCH)
        await self._write(taken[-1].position, plan)
        for change in plan.changes:
            if change.tried_anew:
                self._anew(change.id)
        self._offer(plan.work)
        if any(type(recorded.event) is PersonalDataForgotten for recorded in taken):
            # What waits in memory may tell of somebody still: it is rendered again.
            self._bodies.kept.clear()
            self._doubt()

    async def _write(self, upto: int, plan: Plan | None = None) -> None:
        deliveries, changes = (plan.deliveries, plan.changes) if plan else ((), ())
        batch = FanOut(after=self._written, upto=upto, deliveries=deliveries, changes=changes)
        await self._ledger.fan_out(batch)
        self._position = self._written = upto

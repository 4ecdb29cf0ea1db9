"""One delivery from its turn to the moment when what came of it is durable."""

from collections.abc import Callable, Sequence
from typing import Final

import structlog

from service.metrics import DELIVERY_SECONDS
from service.webhooks.care import Care
from service.webhooks.clocks import Now
from service.webhooks.lane import Lane
from service.webhooks.lanes import Lanes
from service.webhooks.ledger.protocol import Ledger
from service.webhooks.ordering import held_until
from service.webhooks.recorder import Recorder
from service.webhooks.sender import Sender
from service.webhooks.settlement import Settled
from service.webhooks.tasks import Tasks
from service.webhooks.work import Key, Work

_AFTER_BUG_MS: Final = 10_000

# Looked up once: finding a labelled histogram costs more than observing.
_ONE: Final = DELIVERY_SECONDS.labels("one")
_SEVERAL: Final = DELIVERY_SECONDS.labels("several")

log = structlog.get_logger()


class Deliverer:
    """
    Attempts through *sender* what comes out of *lanes*, and has *recorder* write it down.

    Endpoints' conditions are learnt on the way (`care`). *tasks* run what follows beside it;
    *failed* is called with the endpoints that an attempt to has failed, *moved* when something
    else may go.
    """

    def __init__(  # noqa: PLR0913 - where the dispatcher's parts meet
        self,
        *,
        ledger: Ledger,
        sender: Sender,
        lanes: Lanes,
        tasks: Tasks,
        failed: Callable[[set[str]], None],
        moved: Callable[[], None],
    ) -> None:
        self._ledger = ledger
        self._sender = sender
        self._lanes = lanes
        self._now = sender.now
        self._tasks = tasks
        self._failed = failed
        self._moved = moved
        self.care = Care(ledger, sender, lanes)
        self.recorder = Recorder(ledger, self._settle)
        # What ordered endpoints were sent, until it is written down: the next one waits.
        self._unwritten: set[Key] = set()

    async def deliver(self, work: Work, began: Now) -> None:
        """Attempt *work*, which was taken from its lane when this *began*."""
        settled: Settled | None = None
        try:
            settled = await self._attempt(work, began)
        except Exception:
            # A bug of ours, or a log that cannot be read: the delivery is still open.
            log.exception("delivery.broken", event_id=work.event_id, endpoint_id=work.endpoint_id)
            self._lanes.lane_of(work).agenda.put_back(work, self._now().ms + _AFTER_BUG_MS)
        finally:
            if not self._unwritten or work.key not in self._unwritten:
                self._lanes.done(work, self._now() if settled is None else settled.over)
            self._moved()

    async def _attempt(self, work: Work, began: Now) -> Settled | None:
        is_ordered = self._sender.registry.is_ordered(work.endpoint_id)
        if is_ordered and self._sender.destination(work) is not None:
            until = await held_until(self._ledger, work, began.ms)
            if until is not None:
                self._lanes.lane_of(work).agenda.put_back(work, until)
                return None
        settled = await self._sender.send(work)
        if settled is None:
            # Parked or cancelled: the ledger says so, or is about to.
            self._lanes.lane_of(work).agenda.settle(work)
            return None
        _measure(settled)
        if self.care.take_in(settled, began.tick):
            self._tasks.start(self.care.give_up_overdue(work, settled.over.ms))
        if is_ordered:
            self._unwritten.add(work.key)
        # The next one to an ordered endpoint waits until it is written down.
        self.recorder.add(settled, awaited=is_ordered)
        return settled

    def _settle(self, batch: Sequence[Settled]) -> None:
        """Let go of deliveries whose outcomes are durable, and hold what follows from them."""
        now = self._now()
        lanes: dict[Lane, None] = {}
        for settled in batch:
            work = settled.work
            lane = self._lanes.lane_of(work)
            lanes[lane] = None
            lane.agenda.settle(work, settled.following)
            if self._unwritten and work.key in self._unwritten:
                self._unwritten.discard(work.key)
                self._lanes.done(work, now)
        self._lanes.look_at(lanes, now)
        failing = {each.work.endpoint_id for each in batch if not each.delivered}
        if failing:
            self._failed(failing)
        self._moved()


def _measure(settled: Settled) -> None:
    """Note how long it took until an endpoint has heard of what happened."""
    work = settled.work
    if settled.delivered and work.made_at is not None and not work.replay:
        took_s = max(settled.over.ms - work.made_at, 0) / 1000
        (_ONE if work.attempt == 1 else _SEVERAL).observe(took_s)

"""
Replays under way: parts of the log, sent again in small steps, behind everything else.

A step reads a few events, and writes in one transaction how far the replay has come and what
it sends: whatever is killed when, it goes on from there, and no event is taken up twice. It
takes a step only while little of what it has sent is still waiting to be, so neither memory
nor the queue grows with its size, and an endpoint that fails holds up its own replay alone. Only
what waits for a far retry does not count, and may come to be much: so what a replay has sent
is parked, opened again or cancelled some at a time, while how the replay itself stands says
already whether any of it goes out.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import structlog

from service import config, ids
from service.domain import replays as a
from service.domain.announcements import ANNOUNCED_AS
from service.domain.endpoint import fold
from service.domain.endpoint_state import DISABLED
from service.domain.events import AccountCreated
from service.domain.recorded import Recorded
from service.domain.replays import Replay, Stands
from service.domain.standing import Standing
from service.domain.values import Owner
from service.store.protocol import EventStore, StoreUnavailable
from service.webhooks.ledger import LedgerUnavailable, SqliteLedger, browsing, replays
from service.webhooks.ledger.values import Endpoint, NewDelivery, State
from service.webhooks.registry import Registry
from service.webhooks.work import Work

_IDLE_S: Final = 0.2
_FAR_MS: Final = 60_000

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaying:
    """
    Takes the steps of all replays that run. *clock* gives Unix seconds.

    What it writes is given to *offer*; *look_again* is called with the endpoints of which more
    is open than was offered.
    """

    ledger: SqliteLedger
    store: EventStore
    registry: Registry
    offer: Callable[[Sequence[Work]], None]
    look_again: Callable[[Iterable[str]], None]
    clock: Callable[[], float]

    async def run(self) -> None:
        """Go on until cancelled."""
        while True:
            moved = False
            try:
                for replay in await self.ledger.look(replays.running):
                    moved |= await self._stepped(replay)
                for replay_id in await self.ledger.look(replays.unsettled):
                    moved |= await self._settle(replay_id)
            except (LedgerUnavailable, StoreUnavailable) as reason:
                log.warning("replays.held", reason=str(reason))
            await asyncio.sleep(0 if moved else _IDLE_S)

    async def _stepped(self, replay: Replay) -> bool:
        """Take a step; where that cannot be done, pause *replay*, so that it holds up no other."""
        try:
            return await self.step(replay)
        except (LedgerUnavailable, StoreUnavailable):
            raise
        except Exception:
            log.exception("replay.failed", replay_id=replay.id)
        return await self._set(replay, a.PAUSED, a.INTERNAL_ERROR)

    async def step(self, replay: Replay) -> bool:
        """Take *replay* a little further, if it may go on now, and say whether it did."""
        endpoint = self.registry.get(replay.endpoint_id)
        if endpoint is None or not (endpoint.enabled or replay.dry_run):
            return await self._hold(replay)
        if await self.ledger.look(partial(replays.still_parked, replay_id=replay.id)):
            # It was resumed, or its endpoint was disabled for no longer than a moment.
            await self._settle(replay.id)
            self.look_again((replay.endpoint_id,))
            return True
        if replay.reached >= replay.upto:
            return await self._end(replay)
        if not replay.dry_run and await self._is_busy(replay):
            return False
        events = await self.store.notifications(replay.reached, config.REPLAY_STEP)
        return await self._advance(replay, endpoint, events)

    async def _hold(self, replay: Replay) -> bool:
        """Pause or cancel *replay*, unless the log says that it may go on in a moment."""
        history = await self.store.load(replay.endpoint_id)
        endpoint = fold(recorded.event for recorded in history)
        if endpoint.standing is not Standing.LIVING:
            return await self._set(replay, a.CANCELED, a.ENDPOINT_DELETED)
        if endpoint.attributes["status"] == DISABLED and not replay.dry_run:
            return await self._set(replay, a.PAUSED, a.ENDPOINT_DISABLED)
        return False

    async def _advance(
        self, replay: Replay, endpoint: Endpoint, events: Sequence[Recorded]
    ) -> bool:
        events = [each for each in events if each.position <= replay.upto]
        reached = events[-1].position if len(events) == config.REPLAY_STEP else replay.upto
        found = await self._matching(replay, endpoint, events)
        new = [] if replay.dry_run else [self._new(replay, *each) for each in found]
        write = partial(replays.advance, replay=replay, upto=reached, matched=len(found))
        if not await self.ledger.change(partial(write, deliveries=new)):
            return False
        self.offer([work_of_new(each) for each in new])
        return True

    async def _matching(
        self, replay: Replay, endpoint: Endpoint, events: Sequence[Recorded]
    ) -> list[tuple[Recorded, str, Stands | None]]:
        """Return those of *events* that are to go out, with their types and how they stand."""
        told = [
            (each, type_)
            for each in events
            if (type_ := ANNOUNCED_AS[type(each.event)]) is not None
            and each.stream != endpoint.id
            and replay.takes(type_, each.event.at)
        ]
        owned = await self._heard_by(endpoint, [each.stream for each, _ in told])
        names = {each.position: ids.event_id(each.stream, each.version) for each, _ in told}
        look = partial(browsing.standings, endpoint_id=endpoint.id, event_ids=names.values())
        standings = await self.ledger.look(look)
        found = [(each, type_, standings.get(names[each.position])) for each, type_ in told]
        return [each for each in found if each[0].stream in owned and replay.wants(each[2])]

    async def _heard_by(self, endpoint: Endpoint, streams: Sequence[str]) -> set[str]:
        """Return those of *streams* whose owners *endpoint* may hear of."""
        names = list(dict.fromkeys(streams))
        firsts = await self.store.load_many([(name, 1) for name in names])
        return {
            name
            for name, (first, *_) in zip(names, firsts, strict=True)
            if not isinstance(first.event, AccountCreated)
            and self.registry.may_hear_of(
                endpoint,
                Owner(first.event.account, first.event.livemode),  # type: ignore[union-attr]  # The first event of every other stream says whose it is.
            )
        }

    def _new(self, replay: Replay, event: Recorded, type_: str, live: Stands | None) -> NewDelivery:
        return NewDelivery(
            event_id=ids.event_id(event.stream, event.version),
            endpoint_id=replay.endpoint_id,
            origin=replay.id,
            position=event.position,
            type=type_,
            state=State.OPEN,
            due_at=self._now_ms(),
            subscribers=1 if live is None else live.subscribers,
        )

    async def _is_busy(self, replay: Replay) -> bool:
        look = partial(replays.under_way, replay_id=replay.id, due_before=self._now_ms() + _FAR_MS)
        return await self.ledger.look(look) >= config.REPLAY_OPEN_MAX

    async def _end(self, replay: Replay) -> bool:
        if await self.ledger.look(partial(replays.still_open, replay_id=replay.id)):
            return False
        return await self._set(replay, a.COMPLETED, None)

    async def _settle(self, replay_id: str) -> bool:
        """Let what *replay_id* has sent stand as the replay does, some of it at a time."""
        await self.ledger.change(partial(replays.settle, replay_id=replay_id, now=self._now_ms()))
        return True

    async def _set(self, replay: Replay, status: str, reason: str | None) -> bool:
        log.info("replay.moved", replay_id=replay.id, status=status, reason=reason)
        set_ = partial(replays.set_status, replay_id=replay.id, status=status, reason=reason)
        return await self.ledger.change(partial(set_, now=self._now_ms()))

    def _now_ms(self) -> int:
        return int(self.clock() * 1000)


def work_of_new(new: NewDelivery) -> Work:
    """Return *new*, which is open, as work. Its body is rendered when it is attempted."""
    return Work(
        event_id=new.event_id,
        endpoint_id=new.endpoint_id,
        origin=new.origin,
        attempt=1,
        due_at=new.due_at,
        subscribers=new.subscribers,
        position=new.position,
    )

"""What was delivered and what was not, for the API: looked at, and sent again."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from service.domain import replays as a
from service.domain.deliveries import (
    Delivery,
    DeliveryAttempt,
    DeliveryKey,
    EventPlace,
    Place,
    Unheard,
    Wanted,
)
from service.domain.errors import (
    EndpointIsDeleted,
    EndpointNotEnabled,
    ReplayHasEnded,
    ReplayUnfinished,
)
from service.domain.replays import Replay, WantedReplays
from service.domain.values import Owner
from service.store.protocol import EventStore, StoreUnavailable
from service.webhooks.ledger import (
    LedgerUnavailable,
    SqliteLedger,
    browsing,
    replays,
    unheard,
)
from service.webhooks.ledger.values import NewDelivery, State
from service.webhooks.ledger.writes import insert, transaction
from service.webhooks.replaying import Replaying, work_of_new
from service.webhooks.running import Deliveries

R = TypeVar("R")


@dataclass(slots=True)
class Room:
    """The ledger, as the API sees it; and those who deliver, once they are there."""

    ledger: SqliteLedger
    deliveries: Deliveries | None = None

    async def page(
        self, wanted: Wanted, place: Place | None, limit: int, *, newer: bool = False
    ) -> list[Delivery]:
        look = partial(browsing.page, wanted=wanted, place=place, limit=limit, newer=newer)
        return await self._look(look)

    async def find(self, owner: Owner, key: DeliveryKey) -> Delivery | None:
        return await self._look(partial(browsing.find, owner=owner, key=key))

    async def attempts(self, key: DeliveryKey) -> Sequence[DeliveryAttempt]:
        return await self._look(partial(browsing.attempts, key=key))

    @property
    def fanned_out(self) -> int:
        return self._running.follower.position

    async def unacknowledged(self, event_ids: Collection[str]) -> Collection[str]:
        return await self._look(partial(unheard.waited_for, event_ids=event_ids))

    async def unheard(
        self, wanted: Unheard, place: EventPlace, limit: int, *, newer: bool
    ) -> list[tuple[str, EventPlace]]:
        registry = self._running.follower.registry
        accounts = registry.listening_for(wanted.owner.account)
        wanted = replace(wanted, accounts=accounts)
        look = partial(unheard.page, wanted=wanted, place=place, limit=limit, newer=newer)
        return await self._look(look)

    async def event_place(self, event_id: str, position: int) -> EventPlace:
        return await self._look(partial(unheard.place_of, event_id=event_id, position=position))

    async def resend(self, delivery: Delivery, origin: str) -> None:
        await self._check_endpoint(delivery.endpoint_id)
        new = NewDelivery(
            event_id=delivery.event_id,
            endpoint_id=delivery.endpoint_id,
            origin=origin,
            position=delivery.position,
            type=delivery.type,
            state=State.OPEN,
            due_at=self._now_ms(),
            subscribers=delivery.subscribers,
        )

        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                insert(connection, [new])

        await self._change(write)
        self._running.dispatcher.offer([work_of_new(new)])

    async def start(self, replay: Replay) -> None:
        # Before it is there to be taken up: else its first events might go to the endpoint.
        elsewhere = self._running.follower.registry.elsewhere
        if replay.url is not None:
            elsewhere[replay.id] = replay.url
        if not await self._change(partial(replays.put, replay=replay)):
            elsewhere.pop(replay.id, None)
            raise ReplayUnfinished(replay.endpoint_id)

    async def replay(self, owner: Owner, replay_id: str) -> Replay | None:
        found = await self._look(partial(replays.find, replay_id=replay_id))
        return found if found is not None and found.owner == owner else None

    async def replays(
        self, wanted: WantedReplays, cursor: str | None, limit: int, *, newer: bool = False
    ) -> list[Replay]:
        look = partial(replays.page, wanted=wanted, cursor=cursor, limit=limit, newer=newer)
        return await self._look(look)

    async def turn(self, replay: Replay, status: str) -> None:
        if status == a.RUNNING:
            await self._check_endpoint(replay.endpoint_id)
        reason = None if status == a.RUNNING else a.REQUESTED
        set_ = partial(replays.set_status, replay_id=replay.id, status=status, reason=reason)
        if not await self._change(partial(set_, now=self._now_ms())):
            raise ReplayHasEnded(replay.id, replay.status)
        if status == a.RUNNING:
            self._running.dispatcher.look_again((replay.endpoint_id,))

    @property
    def _running(self) -> Deliveries:
        if self.deliveries is None:
            raise StoreUnavailable("Deliveries have not begun yet.")
        return self.deliveries

    def _now_ms(self) -> int:
        return int(self._running.follower.clock() * 1000)

    async def _check_endpoint(self, endpoint_id: str) -> None:
        registry = await self._running.follower.foreseen()
        endpoint = registry.get(endpoint_id)
        if endpoint is None:
            raise EndpointIsDeleted(endpoint_id)
        if not endpoint.enabled:
            raise EndpointNotEnabled(endpoint_id)

    async def _look(self, at: Callable[[sqlite3.Connection], R]) -> R:
        return await _answered(self.ledger.look(at))

    async def _change(self, by: Callable[[sqlite3.Connection], R]) -> R:
        return await _answered(self.ledger.change(by))


async def _answered(asked: Awaitable[R]) -> R:
    try:
        return await asked
    except LedgerUnavailable as reason:
        raise StoreUnavailable(str(reason)) from reason


@asynccontextmanager
async def replaying(
    store: EventStore, ledger: SqliteLedger, deliveries: Deliveries
) -> AsyncIterator[None]:
    """Go on with the replays that run, until the block is left."""
    follower = deliveries.follower
    replaying = Replaying(
        ledger=ledger,
        store=store,
        registry=follower.registry,
        offer=deliveries.dispatcher.offer,
        look_again=deliveries.dispatcher.look_again,
        clock=follower.clock,
    )
    task = asyncio.create_task(replaying.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})

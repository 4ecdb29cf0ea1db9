"""Telling the subscribers: the webhooks room, wired to the log, the keys and the commands."""

import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from service import ids
from service.api.house import EndpointsHealth, House, Trails
from service.commands import endpoints
from service.commands.path import Caller, Reply
from service.commands.unit import Unit
from service.config import CannotStart, Settings
from service.domain.announcements import ANNOUNCED_AS
from service.domain.commands import endpoint as we
from service.domain.endpoint_health import Fared, Health, Verdict
from service.domain.errors import Refused
from service.domain.recorded import Recorded
from service.domain.trails import Trail
from service.domain.values import SYSTEM, Owner
from service.store.protocol import StoreUnavailable
from service.store.sqlite import SqliteLog
from service.webhooks.disabling import Disable
from service.webhooks.ledger import LedgerUnavailable, SqliteLedger, open_ledger
from service.webhooks.ledger.values import Endpoint, State
from service.webhooks.registry import Registry
from service.webhooks.running import Deliveries, Wiring, delivering
from service.webhooks.sending_again import replaying

_NOTHING = Reply(200, b"")


@asynccontextmanager
async def the_ledger(settings: Settings, log_id: str) -> AsyncIterator[SqliteLedger]:
    """The deliveries, beside the log."""
    try:
        ledger = open_ledger(settings.ledger_path, log_id)
    except LedgerUnavailable as reason:
        raise CannotStart(str(reason)) from reason
    try:
        yield ledger
    finally:
        await ledger.close()


@asynccontextmanager
async def subscribers(
    settings: Settings, log: SqliteLog, ledger: SqliteLedger, house: House
) -> AsyncIterator[Deliveries]:
    """Deliver what the log announces, until the block is left."""
    wiring = Wiring(
        store=log,
        ledger=ledger,
        keyring=house.keyring,
        reveal=house.reveal,
        disable=_disabling(house),
        clock=house.clock,
        retry_schedule=settings.retry_schedule,
        allowed=settings.webhook_allow,
    )
    async with AsyncExitStack() as stack:
        try:
            deliveries = await stack.enter_async_context(delivering(wiring))
            await stack.enter_async_context(replaying(log, ledger, deliveries))
        except LedgerUnavailable as reason:
            raise CannotStart(f"{settings.ledger_path}: {reason}") from reason
        log.listen(deliveries.wake)
        yield deliveries


def _disabling(house: House) -> Disable:
    async def disable(endpoint: Endpoint, found: Verdict) -> None:
        """Disable an endpoint that hears nothing, as its owner would, and say why."""
        command = we.Disable(
            endpoint_id=endpoint.id,
            at=int(house.clock()),
            reason=found.reason,
            since=found.since // 1000,
        )

        async def work(unit: Unit) -> Reply:
            await endpoints.disable(unit, command)
            return _NOTHING

        caller = Caller(endpoint.owner, SYSTEM, command.at)
        await house.path.carry_out(caller, work, _deleted_meanwhile)

    return disable


async def _deleted_meanwhile(_refusal: Refused, _unit: Unit) -> Reply:
    return _NOTHING


@dataclass(slots=True)
class Pending:
    """
    Tells how many endpoints have still to acknowledge an event.

    Of an event that is not fanned out yet, all that are subscribed at the moment have.
    """

    ledger: SqliteLedger
    deliveries: Deliveries | None = None

    async def __call__(self, owner: Owner, announced: Sequence[Recorded]) -> dict[str, int]:
        names = {ids.event_id(one.stream, one.version): one for one in announced}
        follower = self.deliveries.follower if self.deliveries else None
        # Before the ledger is asked: what is fanned out meanwhile is in one of the two.
        fanned_out = follower.position if follower else sys.maxsize
        try:
            counts = dict(await self.ledger.pending(names))
        except LedgerUnavailable as reason:
            raise StoreUnavailable(str(reason)) from reason
        coming = {name: one for name, one in names.items() if one.position > fanned_out}
        if follower is not None and coming:
            registry = await follower.foreseen()
            counts |= {name: _awaiting(registry, owner, one) for name, one in coming.items()}
        return counts


def _awaiting(registry: Registry, owner: Owner, told: Recorded) -> int:
    type_ = ANNOUNCED_AS[type(told.event)]
    return registry.awaiting(owner, type_, told) if type_ else 0


def trails_in(ledger: SqliteLedger) -> Trails:
    """Return what tells where events went."""

    async def trails(event_ids: Sequence[str]) -> dict[str, list[Trail]]:
        try:
            return await ledger.trails(event_ids)
        except LedgerUnavailable as reason:
            raise StoreUnavailable(str(reason)) from reason

    return trails


def health_in(ledger: SqliteLedger) -> EndpointsHealth:
    """Return what tells how endpoints fare, and what waits for them."""

    async def health(names: Sequence[str]) -> dict[str, Fared]:
        try:
            fared = await ledger.health(names)
            waiting = await ledger.waiting(names)
        except LedgerUnavailable as reason:
            raise StoreUnavailable(str(reason)) from reason
        return {
            name: Fared(
                fared.get(name, Health()),
                waiting.get(name, {}).get(State.OPEN, 0),
                waiting.get(name, {}).get(State.PARKED, 0),
            )
            for name in names
        }

    return health

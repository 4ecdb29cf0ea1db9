"""The room, put together: what the composition root starts and stops."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from random import uniform
from ssl import SSLContext
from time import monotonic
from typing import Final

import structlog

from projections.batching import Batches
from service import config
from service.domain.schedule import schedules
from service.keyring import Keyring
from service.store.protocol import EventStore
from service.webhooks.bodies import Bodies, Reveal
from service.webhooks.client import Client, Limits
from service.webhooks.clocks import Clock, Steady
from service.webhooks.credentials import Credentials
from service.webhooks.disabling import Disable
from service.webhooks.dispatcher import Dispatcher
from service.webhooks.fanout import FanOutFollower
from service.webhooks.guard import Guard, Network
from service.webhooks.leases import Leases, SoleOwner
from service.webhooks.ledger.protocol import Ledger
from service.webhooks.registry import Registry
from service.webhooks.resolver import Lookup, lookup_by_system
from service.webhooks.sender import Sender

# Deliveries that are asked of the ledger in one go.
_ASKED_MAX: Final = 64

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """
    What the room needs from the rest of the house.

    *clock* tells Unix seconds, and *ticks* those that nobody sets, which waits go by; *leases*
    says which endpoints this process delivers to. *disable* is called for an endpoint that has
    heard nothing for too long. *allowed* are networks that deliveries may reach although they
    are not public; where they are only the built-in loopback, that is for test mode.
    """

    store: EventStore
    ledger: Ledger
    keyring: Keyring
    reveal: Reveal
    disable: Disable
    clock: Callable[[], float]
    ticks: Clock = monotonic
    leases: Leases = field(default_factory=SoleOwner)
    retry_schedule: Sequence[float] | None = None
    allowed: Sequence[Network] = config.LOOPBACK
    limits: Limits = field(default_factory=Limits)
    lookup: Lookup = lookup_by_system
    tls: SSLContext | bool = True

    def guard(self, *, livemode: bool) -> Guard:
        """Return the guard of a mode."""
        return Guard.of_mode(self.allowed, livemode=livemode)


class Deliveries:
    """The running room."""

    def __init__(self, follower: FanOutFollower, dispatcher: Dispatcher) -> None:
        self.follower = follower
        self.dispatcher = dispatcher
        self._following = asyncio.create_task(follower.run())
        self._dispatching = asyncio.create_task(dispatcher.run())
        for task in (self._following, self._dispatching):
            task.add_done_callback(_report_crash)

    @property
    def held(self) -> str | None:
        """Why deliveries stand still; None where they do not."""
        return self.follower.held or self.dispatcher.stuck

    def wake(self, position: int = 0) -> None:
        """Say that the log has grown, up to *position*. Cheap: for every commit."""
        self.follower.wake(position)

    async def crashed(self) -> None:
        """Wait for a bug to end the room by itself, and raise it. Otherwise wait for ever."""
        tasks = {self._following, self._dispatching}
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    def wind_up(self) -> None:
        """Read no more, start nothing more, and begin to finish what is under way."""
        self._following.cancel()
        self.dispatcher.stop()

    async def stop(self) -> None:
        """Finish what is under way."""
        self.wind_up()
        await asyncio.wait({self._following, self._dispatching})
        await self._dispatching


def _report_crash(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.error("deliveries.crashed", exc_info=task.exception())


@asynccontextmanager
async def delivering(wiring: Wiring) -> AsyncIterator[Deliveries]:
    """Deliver until the block is left, then finish what is under way."""
    registry = Registry()
    registry.elsewhere.update(await wiring.ledger.elsewhere())
    bodies = Bodies(wiring.store, wiring.reveal)
    async with AsyncExitStack() as stack:
        steady = Steady(wiring.clock, wiring.ticks)
        await wiring.ledger.begin(int(steady() * 1000))
        sender = _sender(wiring, registry, bodies, await _clients(wiring, stack), steady)
        dispatcher = Dispatcher(wiring.ledger, sender, wiring.disable, leases=wiring.leases)
        follower = FanOutFollower(
            store=wiring.store,
            ledger=wiring.ledger,
            registry=registry,
            bodies=bodies,
            offer=dispatcher.offer,
            doubt=dispatcher.doubt,
            anew=dispatcher.begin_anew,
            clock=steady,
        )
        # Before the dispatcher runs: it asks the registry where to deliver to.
        await follower.start()
        deliveries = Deliveries(follower, dispatcher)
        try:
            yield deliveries
        finally:
            await deliveries.stop()


async def _clients(wiring: Wiring, stack: AsyncExitStack) -> Mapping[bool, Client]:
    """Return a client for each mode, which *stack* closes."""
    return {
        livemode: await stack.enter_async_context(
            Client.opened(
                wiring.guard(livemode=livemode),
                wiring.limits,
                lookup=wiring.lookup,
                tls=wiring.tls,
            )
        )
        for livemode in (False, True)
    }


def _sender(
    wiring: Wiring,
    registry: Registry,
    bodies: Bodies,
    clients: Mapping[bool, Client],
    steady: Steady,
) -> Sender:
    return Sender(
        registry=registry,
        bodies=bodies,
        clients=clients,
        credentials=Credentials(wiring.keyring),
        schedules=schedules(wiring.retry_schedule),
        clock=wiring.clock,
        now=steady.now,
        chance=lambda: uniform(-1, 1),  # noqa: S311 - spreads retries, guards nothing
        is_open=Batches(wiring.ledger.are_open, _ASKED_MAX).ask,
    )

"""`seti serve`: everything in one process, until a signal says to stop."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, replace
from typing import Any

import structlog
import uvloop

from service import logs
from service.api.app import make_app, routes_of
from service.api.house import House
from service.api.outside import Outside
from service.config import Settings
from service.reference import serving as reference
from service.runtime.accounts import open_accounts
from service.runtime.banner import print_banner
from service.runtime.building import make_house, pages_of
from service.runtime.deadlines import Deadlines, meeting
from service.runtime.files import for_owner_alone
from service.runtime.health import Health
from service.runtime.housekeeping import purging
from service.runtime.operating import operators
from service.runtime.parts import (
    Clock,
    directory_of_views,
    keyring_of,
    read_model,
    redis_url,
    the_log,
)
from service.runtime.port import listening_on, the_port
from service.runtime.pulse import measured_loop
from service.runtime.recovering import recovering
from service.runtime.sealing import sealed, the_signer
from service.runtime.subscribers import Pending, health_in, subscribers, the_ledger, trails_in
from service.runtime.wiping import Wiping
from service.store.sqlite import SqliteLog
from service.webhooks.ledger import SqliteLedger
from service.webhooks.running import Deliveries
from service.webhooks.sending_again import Room

log = structlog.get_logger()


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM. Raise `CannotStart` where it cannot begin."""
    logs.set_up(settings.log_level)
    for_owner_alone()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with logs.gathered():
        async with running(settings, time.time) as served:
            log.info("seti.serving", url=served.settings.base_url)
            await _first(stop.wait(), served.deliveries.crashed())
            log.info("seti.stopping")
        log.info("seti.stopped")


async def _first(*waits: Coroutine[Any, Any, object]) -> None:
    """Return when the first of *waits* does, or raise what it raises."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()


@dataclass(frozen=True, slots=True)
class Served:
    """What is running. *settings* name the port that is really listened on."""

    settings: Settings
    deliveries: Deliveries


@asynccontextmanager
async def running(settings: Settings, clock: Clock) -> AsyncIterator[Served]:
    """Run everything while the block runs."""
    # Before anything is made: an empty directory stays so where there is no such key, or port.
    signer = the_signer(settings)
    async with AsyncExitStack() as stack:
        listening = stack.enter_context(closing(the_port(settings)))
        settings = replace(settings, port=listening.getsockname()[1])
        event_log = await stack.enter_async_context(the_log(settings))
        keyring = await keyring_of(settings, event_log)
        sealing = await stack.enter_async_context(sealed(settings, signer, event_log, clock))
        url = await stack.enter_async_context(redis_url(settings))
        model, runner = await stack.enter_async_context(read_model(url, event_log, clock))

        ledger = await stack.enter_async_context(the_ledger(settings, event_log.log_id))
        pending, room = Pending(ledger), Room(ledger)
        house = make_house(
            settings,
            log=event_log,
            model=model,
            keyring=keyring,
            pending=pending,
            health=health_in(ledger),
            wipe=Wiping(event_log, ledger, model, embedded=directory_of_views(settings)),
            trails=trails_in(ledger),
            deliveries=room,
            clock=clock,
        )
        keys = await open_accounts(house, settings)
        await house.configurations.learn_from(event_log)

        deliveries = await stack.enter_async_context(
            subscribers(settings, event_log, ledger, house)
        )
        pending.deliveries = room.deliveries = deliveries
        stack.enter_context(_by_the_clock(settings, event_log, ledger, house))
        outside, routes = Outside(house), routes_of(house)
        app = make_app(
            house,
            routes,
            outside,
            Health(event_log, runner, deliveries, sealing),
            [*pages_of(house), *reference.routes(settings.base_url)],
        )
        # Before the first answer: whoever has had one finds the operators' socket there.
        await stack.enter_async_context(operators(settings, house))
        await stack.enter_async_context(listening_on(listening, app, routes, outside))
        # Left first: deliveries come to their end while the last answers do, and not after.
        stack.callback(deliveries.wind_up)
        print_banner(settings, keys)
        yield Served(settings, deliveries)


@contextmanager
def _by_the_clock(
    settings: Settings, event_log: SqliteLog, ledger: SqliteLedger, house: House
) -> Iterator[None]:
    """Do what nobody asks for, whose time has come, while the block runs."""
    deadlines = Deadlines(house.views, house.path, house.setup_attempts, house.clock)
    purge = purging(event_log, ledger, house.clock, settings.attempts_kept_days)
    with measured_loop(), purge, meeting(deadlines), recovering(event_log):
        yield

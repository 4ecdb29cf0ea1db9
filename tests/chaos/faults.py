"""
What is done to a site. Each fault ends with the site left to recover by itself.

What a server had under way when it was killed or stopped is written down (`Trouble.open`):
that alone may come to a subscriber twice.
"""

import asyncio
import os
import random
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

import redis

from tests.chaos.ledger import Pair, locked
from tests.chaos.plan import Plan
from tests.chaos.site import Site
from tests.chaos.subscribers import SICK, Subscriber

_HOUR: Final = 3600.0


@dataclass(slots=True)
class Trouble:
    """One fault: its *name*, from when to when (monotonic seconds), and what was *open*."""

    name: str
    began: float = field(default_factory=monotonic)
    ended: float = float("inf")
    open: set[Pair] = field(default_factory=set)

    @property
    def is_over(self) -> bool:
        return self.ended < float("inf")

    @property
    def took_s(self) -> float:
        return self.ended - self.began

    def overlaps(self, since: float, until: float) -> bool:
        return self.began <= until and since <= self.ended


@dataclass(frozen=True, slots=True)
class Faults:
    """Does to *site*, or to who is *well*, what a name of `FAULTS` says, as *plan* has it."""

    site: Site
    plan: Plan
    chance: random.Random
    well: Sequence[Subscriber]

    async def __call__(self, name: str) -> Trouble:
        """Do it, and return what there is to know about it. It has not ended yet."""
        trouble = Trouble(name)
        await FAULTS[name](self, trouble)
        return trouble

    async def kill_server(self, trouble: Trouble) -> None:
        await self.site.kill()
        trouble.open = self.site.ledger.open()
        await self.site.start()

    async def kill_everything(self, trouble: Trouble) -> None:
        valkey = self.site.server.valkey_pid
        await self.site.kill()
        os.kill(valkey, signal.SIGKILL)
        trouble.open = self.site.ledger.open()
        await self.site.start()

    async def kill_at_the_start(self, trouble: Trouble) -> None:
        """Kill the server, and kill it again before it has found its feet."""
        await self.kill_server(trouble)
        again = Trouble(trouble.name)
        await self.kill_server(again)
        trouble.open |= again.open

    async def kill_valkey(self, _: Trouble) -> None:
        """Kill Redis, and let it come back with nothing."""
        server = self.site.server
        pid, since = server.valkey_pid, len(server.output)
        (server.data_dir / "valkey" / "views.rdb").unlink(missing_ok=True)
        os.kill(pid, signal.SIGKILL)
        await asyncio.to_thread(server.output.said, "redis.started", since=since)

    async def flush_valkey(self, _: Trouble) -> None:
        with redis.Redis(unix_socket_path=self.site.server.valkey_socket) as client:
            client.flushall()

    async def stop_valkey(self, _: Trouble) -> None:
        """Stop Redis for a while, so that it takes what it is asked and does not answer."""
        pid = self.site.server.valkey_pid
        os.kill(pid, signal.SIGSTOP)
        try:
            await asyncio.sleep(self.plan.lock_s)
        finally:
            os.kill(pid, signal.SIGCONT)

    async def lock_databases(self, _: Trouble) -> None:
        with locked(*self.site.databases):
            await asyncio.sleep(self.plan.lock_s)

    async def kill_while_locked(self, trouble: Trouble) -> None:
        """Kill the server while it holds what it cannot write down."""
        with locked(*self.site.databases):
            await asyncio.sleep(self.plan.lock_s / 2)
            await self.site.kill()
        trouble.open = self.site.ledger.open()
        await self.site.start()

    async def stop_server(self, trouble: Trouble) -> None:
        """Stop the server. What it was sent meanwhile looks late to it when it goes on."""
        pid = self.site.server.pid
        os.kill(pid, signal.SIGSTOP)
        try:
            await asyncio.sleep(self.plan.stop_s)
            trouble.open = self.site.ledger.open()
        finally:
            os.kill(pid, signal.SIGCONT)

    async def step_clock(self, _: Trouble) -> None:
        """Step the wall clock, an hour at most, either way from what is right."""
        self.site.clock.step_to(self.chance.uniform(-_HOUR, _HOUR))

    async def restart_server(self, _: Trouble) -> None:
        """Stop the server as an operator does. Nothing is under way when it has ended."""
        await asyncio.to_thread(self.site.server.stop)
        await self.site.start()

    async def kill_while_full(self, trouble: Trouble) -> None:
        """Kill the server while there is no room for what it would write down."""
        pid = self.site.server.pid
        self.site.volume.fill(pid)
        try:
            await asyncio.sleep(self.plan.full_s / 2)
            await self.site.kill()
        finally:
            self.site.volume.relieve(pid)
        trouble.open = self.site.ledger.open()
        await self.site.start()

    async def cut_off(self, _: Trouble) -> None:
        """Let one of those who are well break off whatever reaches it, for a while."""
        one = self.chance.choice(self.well)
        manner, one.manner = one.manner, SICK["resetting"]
        try:
            await asyncio.sleep(self.plan.full_s)
        finally:
            one.manner = manner

    async def fill_disk(self, _: Trouble) -> None:
        pid = self.site.server.pid
        self.site.volume.fill(pid)
        try:
            await asyncio.sleep(self.plan.full_s)
        finally:
            self.site.volume.relieve(pid)


FAULTS: Final[Mapping[str, Callable[[Faults, Trouble], Awaitable[None]]]] = {
    "server killed": Faults.kill_server,
    "server killed twice": Faults.kill_at_the_start,
    "everything killed": Faults.kill_everything,
    "Redis killed": Faults.kill_valkey,
    "Redis flushed": Faults.flush_valkey,
    "Redis stopped": Faults.stop_valkey,
    "databases locked": Faults.lock_databases,
    "server killed while locked": Faults.kill_while_locked,
    "subscriber cut off": Faults.cut_off,
    "server stopped": Faults.stop_server,
    "clock stepped": Faults.step_clock,
    "server restarted": Faults.restart_server,
    "disk full": Faults.fill_disk,
    "server killed while full": Faults.kill_while_full,
}

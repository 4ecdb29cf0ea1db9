"""
Sees to it that nothing waits longer than it may.

Some attempts wait for an instant: until which their customer may act, or at which their
provider answers. The read model knows which are due; what follows is decided along the
command path like everything else, on what is in the log by then. So a restart, a flushed
Redis or a clock that jumps delays a deadline and never loses one, and one that is found twice
leads to nothing the second time.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import structlog

from projections.documents import tell
from projections.views import Views, ViewsIncomplete
from service.commands.path import Caller, CommandPath, Reply
from service.commands.setup_attempts import SetupAttempts
from service.commands.turns import LockTimeout
from service.commands.unit import Unit
from service.domain.errors import Refused
from service.domain.values import SYSTEM, Owner
from service.runtime.alongside import alongside
from service.store.protocol import StoreUnavailable

TICK_S: Final = 1.0
AT_ONCE: Final = 256

_NOTHING: Final = Reply(200, b"")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Decides what follows when an instant has come, as *clock* (Unix seconds) has it."""

    views: Views
    path: CommandPath
    attempts: SetupAttempts
    clock: Callable[[], float]

    async def round(self) -> int:
        """
        See to what is due, and return how much of it was met.

        Raise `ViewsIncomplete` where that is not known at the moment.
        """
        at = int(self.clock())
        due = await self.views.due(at, AT_ONCE)
        # Together, since commands that are in flight together settle together.
        return sum(await asyncio.gather(*(self._see_to(owner, name, at) for owner, name in due)))

    async def _see_to(self, owner: Owner, name: str, at: int) -> bool:
        decided = [0]

        async def work(unit: Unit) -> Reply:
            await self.attempts.come_due(unit, name, at)
            decided[:] = [len(unit.decided)]
            return _NOTHING

        async def refused(refusal: Refused, _: Unit) -> Reply:
            log.error("deadline.refused", setup_intent=name, reason=refusal.message)
            return _NOTHING

        try:
            await self.path.carry_out(Caller(owner, SYSTEM, at), work, refused)
        except (LockTimeout, StoreUnavailable) as reason:
            log.warning("deadline.delayed", setup_intent=name, reason=repr(reason))
            return False
        if decided == [0]:
            await self._tell_again(name)
            return False
        log.info("deadline.met", setup_intent=name)
        return True

    async def _tell_again(self, name: str) -> None:
        """Have the read model drop what it should not have found."""
        told = tell(await self.path.store.load(name))
        if told is not None:
            await self.views.write([told.document])


@contextmanager
def meeting(deadlines: Deadlines) -> Iterator[None]:
    """See to what is due, second by second, while the block runs."""
    with alongside(_meet(deadlines)):
        yield


async def _meet(deadlines: Deadlines) -> None:
    while True:
        try:
            met = await deadlines.round()
        except ViewsIncomplete:
            met = 0
        except Exception:
            # Whatever it was, what is due stays due until the next round.
            log.exception("deadline.failed")
            met = 0
        if met < AT_ONCE:
            await asyncio.sleep(TICK_S)

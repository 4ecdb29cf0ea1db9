"""
Keeps the views whole, whatever becomes of requests and of Redis.

In steady state requests project what they decide and the runner reads nothing: it moves
the marker along, so that little is to be done again after a loss. Where an event was not
projected it does so. Where Redis is doubted it verifies, catches up, and where need be has
everything built anew, before anybody believes the views again.
"""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import structlog

from projections.backoff import Backoff
from projections.building import Build
from projections.catching_up import CatchUp, Interrupted, Log
from projections.connection import UNREACHABLE
from projections.ending import end
from projections.housekeeping import Housekeeping
from projections.keys import Marker
from projections.model import ReadModel
from projections.recovery import Recovery, ViewsLost
from projections.trouble import Trouble
from service import metrics

TICK_S: Final = 0.1
VERIFY_S: Final = 1.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class RunnerState:
    """How the read model does, for /healthz: *lag* counts events not known to be in it."""

    whole: bool
    lag: int
    position: int
    generation: int | None


class Runner:
    """
    Projects *source* into *model*, as its only recoverer.

    *build* makes a whole new generation. *clock* gives Unix seconds.
    """

    def __init__(
        self,
        source: Log,
        model: ReadModel,
        build: Build,
        clock: Callable[[], float],
    ) -> None:
        self._log = source
        self._model = model
        self._build = build
        self._catch_up = CatchUp(source, model.views, model.watermark, clock)
        self._recovery = Recovery(source, model, build, self._catch_up)
        self._head = 0
        self._looked = (0, 0)
        self._is_idle = False
        self._marker: Marker | None = None
        self._backoff = Backoff()
        self._trouble = Trouble()
        self._housekeeping = Housekeeping(model, clock)
        self._task: asyncio.Task[None] | None = None
        self._keeper: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to run."""
        # Worked out when they are asked for: a runner that hangs does not tell of it.
        metrics.PROJECTION_LAG.set_function(lambda: self.state().lag)
        metrics.VIEWS_WHOLE.set_function(lambda: self.state().whole)
        self._task = asyncio.create_task(self._run())
        self._keeper = asyncio.create_task(self._housekeeping.run())

    async def stop(self) -> None:
        """Move the marker to where the views are and end."""
        await end(self._task)
        await end(self._keeper)
        if self._model.trust.trusted:
            with contextlib.suppress(*UNREACHABLE, ViewsLost, Interrupted):
                await self._move_marker()

    def heard(self, position: int) -> None:
        """Note that the log has grown to *position*. Never waits."""
        self._head = max(self._head, position)
        if self._is_idle:
            self._model.trust.alarm.set()

    def state(self) -> RunnerState:
        """Return how the read model does at the moment."""
        trust, at = self._model.trust, self._model.watermark.at
        return RunnerState(trust.trusted, max(self._head - at, 0), at, trust.serving)

    async def until_whole(self) -> None:
        """Return once the views are believed."""
        await self._model.trust.believed.wait()

    async def _run(self) -> None:
        while True:
            try:
                await self._turn()
                self._backoff.reset()
                self._trouble.over()
            # Whatever went wrong, the log is still right and the next turn begins from it.
            except Exception as reason:  # noqa: BLE001 - one batch of the runner: told, doubted, tried again
                self._model.trust.doubt()
                self._trouble.met(reason)
                await self._backoff.wait()
            await self._rest()

    async def _turn(self) -> None:
        trust = self._model.trust
        trust.alarm.clear()
        self.heard(await self._log.head())
        if not trust.trusted:
            self._marker = await self._recovery.recover()
            return
        await self._fill()
        await self._move_marker()

    async def _fill(self) -> None:
        """Project what no request has, if the watermark stood still for a whole tick."""
        at, head = self._at(), self._looked[1]
        if at == self._looked[0] and head > at:
            log.info("projection.filled", after=at, until=head)
            await self._catch_up.stretch(at, head)
        self._looked = (self._at(), self._head)

    async def _move_marker(self) -> None:
        marker = self._marker
        if marker is None:
            raise ViewsLost
        moved = replace(marker, position=self._at())
        # Also where it does not move: this is how a flush is noticed that nobody asked about.
        if await self._model.generations.replace(marker, moved):
            self._marker = moved
            return
        self._marker = await self._recovery.follow(marker)
        self._housekeeping.due.set()

    def _at(self) -> int:
        return self._model.watermark.at

    async def _rest(self) -> None:
        """Wait for a reason to go on: a doubt, a tick while there is work, or a look around."""
        marked = self._marker.position if self._marker is not None else -1
        self._is_idle = marked == self._head
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(VERIFY_S if self._is_idle else TICK_S):
                await self._model.trust.alarm.wait()
        if self._is_idle:
            self._is_idle = False

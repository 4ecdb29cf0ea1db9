"""
Takes away what nobody reads any more: old generations, and news past their time.

Nothing depends on it but memory, so a failure is logged and the next round tries again. News are
past their time by the clock. Where that was far ahead, news were taken away that are none too
old: once it is set back, the lists are too short for what they promise, and built anew.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Final

import structlog

from projections.connection import UNREACHABLE
from projections.model import ReadModel
from service.config import EVENTS_LISTED_S

ROUND_S: Final = 3600.0
# By so much a clock may be set back without more ado: events are listed for a month.
_SET_BACK_S: Final = 3600

log = structlog.get_logger()


class Housekeeping:
    """Keeps *model* tidy, once an hour and whenever it is *due*. *clock*: Unix seconds."""

    def __init__(self, model: ReadModel, clock: Callable[[], float]) -> None:
        self.due = asyncio.Event()
        self._model = model
        self._clock = clock

    async def run(self) -> None:
        """Tidy up until cancelled."""
        while True:
            await self._model.trust.believed.wait()
            self.due.clear()
            try:
                await self._tidy()
            except UNREACHABLE as reason:
                log.warning("views.untidied", reason=str(reason))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.due.wait(), ROUND_S)

    async def _tidy(self) -> None:
        trust = self._model.trust
        gone = await self._model.generations.forget_all_but(trust.writing)
        if gone:
            log.info("views.forgotten", generations=gone)
        listed_since = int(self._clock()) - EVENTS_LISTED_S
        for generation in trust.writing:
            trimmed_to = await self._model.generations.trimmed_to(generation)
            if trimmed_to > listed_since + _SET_BACK_S:
                log.warning("views.trimmed_too_far", generation=generation, to=trimmed_to)
                await self._model.generations.disown()
                return
            await self._model.generations.trim_events(generation, listed_since)

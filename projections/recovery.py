"""
How doubted views come to be believed again, and how a service moves to others.

Both bring a generation up to date with the log before anybody reads it. They rest on one
order: first requests write to the generation, then the log's head is read, then all events
up to that head are projected. What comes after the head is written by its own request.
"""

from typing import Final

import structlog

from projections.building import Build
from projections.catching_up import CatchUp, Log
from projections.connection import open_all
from projections.keys import Marker
from projections.model import ReadModel
from service import metrics

# What a new log holds before anybody has called: the first account and its keys.
FIRST_EVENTS: Final = 5

log: Final = structlog.get_logger()


class ViewsLost(Exception):
    """The marker is gone, or speaks of something else."""


class Recovery:
    """Recovers *model* from *source*. *build* makes a whole generation."""

    def __init__(
        self,
        source: Log,
        model: ReadModel,
        build: Build,
        catch_up: CatchUp,
    ) -> None:
        self._log = source
        self._model = model
        self._build = build
        self._catch_up = catch_up

    async def recover(self) -> Marker:
        """
        Bring the views up to date over new connections, and return their marker.

        They are believed from then on, unless there was another doubt meanwhile.
        """
        trust = self._model.trust
        await open_all(self._model.client, trust)
        doubts = trust.recover()
        marker = await self._whole_generation()
        # An older write may still be acknowledged late, by a server that is gone. Its events
        # lie before the head that is read below, so they are projected again in any case.
        self._model.watermark.fall_back(marker.position)
        trust.writing = (marker.generation,)
        await self._catch_up_from(marker)
        trust.serving = marker.generation
        if trust.confirm(doubts):
            log.info("views.whole", generation=marker.generation, position=marker.position)
        return marker

    async def follow(self, marker: Marker) -> Marker:
        """
        Move to the generation that was made current in the place of *marker*'s.

        The old one goes on serving until the new one is up to date. Raise `ViewsLost` where
        there is no later generation of this log.
        """
        found = await self._model.generations.marker()
        if found is None or found.generation <= marker.generation:
            raise ViewsLost
        if not await self._is_ours(found):
            raise ViewsLost
        trust = self._model.trust
        trust.writing = (*trust.writing, found.generation)
        await self._catch_up_from(found)
        trust.serving, trust.writing = found.generation, (found.generation,)
        log.info("views.switched", generation=found.generation, before=marker.generation)
        return found

    async def _whole_generation(self) -> Marker:
        marker = await self._model.generations.marker()
        if marker is not None and await self._is_ours(marker):
            return marker
        trust = self._model.trust
        # Nothing is lost where nothing was ever there: a first start is no reason to worry.
        is_new = marker is None and await self._log.head() <= FIRST_EVENTS
        tell = log.info if is_new else log.warning
        tell("views.absent", found=None if marker is None else str(marker))
        trust.serving, trust.writing = None, ()
        metrics.REBUILDS.inc()
        # Nobody writes meanwhile, so the watermark can tell how far it is.
        self._model.watermark.fall_back(0)
        await self._build(self._model.watermark.fall_back)
        marker = await self._model.generations.marker()
        if marker is None:
            raise ViewsLost
        return marker

    async def _is_ours(self, marker: Marker) -> bool:
        """Say whether *marker* speaks of this log and of nothing that it does not hold."""
        return marker.log == self._log.log_id and marker.position <= await self._log.head()

    async def _catch_up_from(self, marker: Marker) -> None:
        head = await self._log.head()
        if head > marker.position:
            await self._catch_up.stretch(marker.position, head)

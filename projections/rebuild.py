"""
Builds all views anew, beside those that are read, and switches in one step.

How far it is lies in Redis, beside what has been built: an interrupted rebuild goes on where
it was, and one whose work was flushed away notices at its next step and begins again. The
log is taken in stretches, each shared among a crew; nobody begins the next one before all of
the last one is written.

For a thread or a process of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import redis
import structlog

from projections.bulk import Bulk, WorkLost
from projections.collecting import collector_paused
from projections.crew import ALONE, WAIT_MAX_S, Crew, Work
from projections.keys import Marker
from projections.share import Builder, Source, Stretch
from projections.share import Stopped as RebuildStopped
from service.config import EVENTS_LISTED_S

__all__ = ["Built", "Progress", "RebuildStopped", "Source", "rebuild"]

STRETCH: Final = 100_000
TRIES_MAX: Final = 3

Progress = Callable[[int, int], None]
"""Told from time to time which position is done, and of which."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Built:
    """What a rebuild came to: *marker* is current, *events* and *documents* were taken in."""

    marker: Marker
    events: int
    documents: int


def rebuild(  # noqa: PLR0913 - what is built from what, and four ways to look on
    url: str,
    source: Source,
    *,
    at: int,
    crew: Crew = ALONE,
    progress: Progress = lambda _done, _of: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Built:
    """
    Build every view of *source* in the Redis at *url* and make them current.

    *at* is now, in Unix seconds. Raise `RebuildStopped` soon after *stopped* says so, and
    `WorkLost` where Redis forgets what is built again and again, or another rebuild runs.
    """
    with redis.Redis.from_url(url, socket_timeout=WAIT_MAX_S) as client, collector_paused():
        run = _Run(url, Bulk(client, source.log_id), source, at - EVENTS_LISTED_S, crew)
        for attempt in range(1, TRIES_MAX + 1):
            try:
                return run(progress, stopped)
            except WorkLost:
                if attempt == TRIES_MAX:
                    raise
                log.warning("rebuild.lost", attempt=attempt)
    raise WorkLost


@dataclass(frozen=True, slots=True)
class _Run:
    """What it takes to go from the beginning, or from where an earlier run was interrupted."""

    url: str
    bulk: Bulk
    source: Source
    listed_since: int
    crew: Crew

    def __call__(self, progress: Progress, stopped: Callable[[], bool]) -> Built:
        # Kept under no name that outlives the run: the collector, once it is back, would
        # walk all its folds.
        own = Builder(self.bulk, self.source, self.crew.share, self.listed_since)
        begun = self.bulk.begin(self.source.end())
        events = documents = 0
        while begun.position < (end := self.source.end()):
            upto = min(begun.position + STRETCH, end)
            stretch = Stretch(begun, upto, end)
            self.crew.begin(Work(self.url, self.listed_since, stretch))
            try:
                mine = own.build(stretch, stopped)
            finally:
                theirs = self.crew.finish()
            for done in (mine, *theirs):
                events, documents = events + done.events, documents + done.documents
            begun = self.bulk.advance(begun, replace(begun, position=upto))
            progress(upto, end)
        self.bulk.switch(begun)
        return Built(begun, events, documents)

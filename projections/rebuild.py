"""
Builds all views anew, beside those that are read, and switches in one step.

How far it is lies in Redis, beside what has been built: an interrupted rebuild goes on where
it was, and one whose work was flushed away notices at its next step and begins again.
For a thread or a process of its own; it waits for Redis while the next batch is folded.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final, Protocol

import redis
import structlog

from projections.bulk import Bulk, WorkLost
from projections.folding import Folds, fold_batch
from projections.keys import Marker
from projections.transaction import Transaction, transactions
from service.config import EVENTS_LISTED_S
from service.domain.recorded import Recorded

EVENTS_AT_ONCE: Final = 4000
FOLDS_MAX: Final = 50_000
TRIES_MAX: Final = 3
WAIT_MAX_S: Final = 30.0

Progress = Callable[[int, int], None]
"""Told from time to time which position is done, and of which."""

log = structlog.get_logger()


class Source(Protocol):
    """What is asked of the log to build from it."""

    @property
    def log_id(self) -> str: ...

    def scan(self, after: int, until: int | None, batch: int) -> Iterator[list[Recorded]]: ...

    def history(self, stream: str, until: int | None = None) -> Sequence[Recorded]: ...

    def end(self) -> int: ...


class RebuildStopped(Exception):
    """Somebody wanted the rebuild to end. It can be taken up again where it was."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a rebuild came to: *marker* is current, *events* and *documents* were taken in."""

    marker: Marker
    events: int
    documents: int


def rebuild(
    url: str,
    source: Source,
    *,
    at: int,
    progress: Progress = lambda _done, _of: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Built:
    """
    Build every view of *source* in the Redis at *url* and make them current.

    *at* is now, in Unix seconds. Raise `RebuildStopped` soon after *stopped* says so, and
    `WorkLost` where Redis forgets what is built again and again, or another rebuild runs.
    """
    with redis.Redis.from_url(url, socket_timeout=WAIT_MAX_S) as client, _collector_paused():
        for attempt in range(1, TRIES_MAX + 1):
            try:
                # Kept under no name: the collector, once it is back, would walk all its folds.
                return _Builder(Bulk(client, source.log_id), source, at - EVENTS_LISTED_S).run(
                    progress, stopped
                )
            except WorkLost:
                if attempt == TRIES_MAX:
                    raise
                log.warning("rebuild.lost", attempt=attempt)
    raise WorkLost


class _Builder:
    """One run, from the beginning or from where an earlier one was interrupted."""

    def __init__(self, bulk: Bulk, source: Source, listed_since: int) -> None:
        self._bulk = bulk
        self._source = source
        self._listed_since = listed_since
        self._folds = Folds(source.history, FOLDS_MAX)
        self._events = 0
        self._documents = 0

    def run(self, progress: Progress, stopped: Callable[[], bool]) -> Built:
        head = self._source.end()
        begun = self._bulk.begin(head)
        with ThreadPoolExecutor(1, thread_name_prefix="seti-rebuild") as writer:
            last: Future[Marker] | None = None
            for events in self._source.scan(begun.position, None, EVENTS_AT_ONCE):
                if stopped():
                    raise RebuildStopped
                packed = self._fold(begun.generation, events)
                if last is not None:
                    begun = last.result()
                position = events[-1].position
                last = writer.submit(self._write, begun, position, packed)
                progress(position, max(head, position))
            if last is not None:
                begun = last.result()
        self._bulk.switch(begun)
        return Built(begun, self._events, self._documents)

    def _fold(self, generation: int, events: list[Recorded]) -> list[Transaction]:
        batch = fold_batch(self._folds, events, self._listed_since)
        self._events += len(events)
        self._documents += len(batch.documents)
        # Packed here, not by the writer: two threads that both need the interpreter hinder
        # each other, and one that only waits for Redis hinders nobody.
        return list(transactions(generation, batch.documents, batch.news))

    def _write(self, begun: Marker, position: int, packed: Iterable[Transaction]) -> Marker:
        self._bulk.write(begun, packed)
        return self._bulk.advance(begun, replace(begun, position=position))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the collector away: folding makes no cycles, and it would walk every fold kept."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()

"""
The fold of the whole log, in bounded memory: as fast as it can be and no two streams at once.

Events come in the order of their positions, so the streams' histories are interleaved. Folds
are kept of those streams alone that go on later in the log: most memory is used again while
it is still in the processor's caches. Of too many the ones used last are kept, and one that has
gone is loaded again.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from projections.documents import Document, News, tell
from projections.fold import Shown, show
from service.domain.recorded import Recorded


class Past(Protocol):
    """What is asked of the log about streams that are folded already, or go on later."""

    def history(self, stream: str, until: int | None = None) -> Sequence[Recorded]: ...

    def heads(self, streams: Collection[str]) -> Mapping[str, int | None]: ...


@dataclass(slots=True)
class Folds:
    """At most *limit* streams of *past*, folded."""

    past: Past
    limit: int
    _kept: OrderedDict[str, Shown] = field(default_factory=OrderedDict)

    def take(self, event: Recorded) -> Shown | None:
        """Return what is shown before *event*, and keep it no longer."""
        if event.version == 1:
            return None
        kept = self._kept.pop(event.stream, None)
        if kept is not None and kept.version == event.version - 1:
            return kept
        return show(self.past.history(event.stream, event.version - 1))

    def keep(self, stream: str, shown: Shown) -> None:
        """Keep *shown* for the next event of *stream*."""
        self._kept[stream] = shown
        if len(self._kept) > self.limit:
            self._kept.popitem(last=False)


@dataclass(slots=True)
class Batch:
    """What some events lead to: one document for each stream, and the news on the way."""

    documents: list[Document]
    news: list[News]


def fold_batch(folds: Folds, events: Iterable[Recorded], listed_since: int) -> Batch:
    """
    Fold *events* on. News from before *listed_since* (Unix seconds) are left out.

    A document leaves every list that its stream was in since the batch began, also where
    an earlier run, which was interrupted, stopped in the middle of it.
    """
    batch = Batch([], [])
    streams = _by_stream(events)
    heads = folds.past.heads(streams.keys())
    for stream, recorded in streams.items():
        told = tell(folds.take(recorded[0]), recorded, listed_since)
        if told is None:
            continue
        if told.shown.version < (heads[stream] or 0):
            folds.keep(stream, told.shown)
        batch.documents.append(told.document)
        batch.news += told.news
    return batch


def _by_stream(events: Iterable[Recorded]) -> dict[str, list[Recorded]]:
    streams: dict[str, list[Recorded]] = {}
    for event in events:
        before = streams.get(event.stream)
        if before is None:
            streams[event.stream] = [event]
        else:
            before.append(event)
    return streams

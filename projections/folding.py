"""
The fold of the whole log, in bounded memory: as fast as it can be and no two streams at once.

Events come in the order of their positions, so the streams' histories are interleaved.
The folds used last are kept; one that has gone is loaded again.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from projections.documents import Document, News, tell
from projections.fold import Shown, show
from service.domain.recorded import Recorded

History = Callable[[str, int], Sequence[Recorded]]


@dataclass(slots=True)
class Folds:
    """At most *limit* streams, folded. *history* loads one up to a version."""

    history: History
    limit: int
    _kept: OrderedDict[str, Shown] = field(default_factory=OrderedDict)

    def before(self, event: Recorded) -> Shown | None:
        """Return what is shown before *event*."""
        if event.version == 1:
            return None
        kept = self._kept.get(event.stream)
        if kept is not None and kept.version == event.version - 1:
            return kept
        return show(self.history(event.stream, event.version - 1))

    def keep(self, stream: str, shown: Shown) -> None:
        """Keep *shown* for the next event of *stream*."""
        self._kept[stream] = shown
        self._kept.move_to_end(stream)
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
    for stream, recorded in _by_stream(events).items():
        told = tell(folds.before(recorded[0]), recorded, listed_since)
        if told is not None:
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

"""
The fold of the whole log, in bounded memory: as fast as it can be and no two streams at once.

Events come in the order of their positions, so the streams' histories are interleaved.
The folds used last are kept; one that has gone is loaded again.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from projections.announcement import type_of
from projections.documents import Document, News, document, news
from projections.fold import Shown, advance, is_shown, show
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
    passed: dict[str, list[Shown]] = {}
    told: list[News] = []
    for event in events:
        stream = event.stream
        if not is_shown(stream):
            continue
        versions = passed.get(stream)
        if versions is None:
            before = folds.before(event)
            versions = passed[stream] = [] if before is None else [before]
        versions.append(advance(versions[-1] if versions else None, event))
        if event.event.at >= listed_since and type_of(event) is not None:
            told += news(versions[-1].owner, (event,))
    for stream, versions in passed.items():
        folds.keep(stream, versions[-1])
    return Batch([document(versions[-1], versions) for versions in passed.values()], told)

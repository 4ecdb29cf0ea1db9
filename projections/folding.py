"""
The fold of the whole log, in bounded memory: as fast as it can be and no two streams at once.

Events come in the order of their positions, so the streams' histories are interleaved. Folds
are kept of those streams alone that go on later, so that most memory is used again while it is
still in the processor's caches. Of too many the ones used last are kept, and one that has gone
is loaded again.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from projections.documents import Document, Going, News, document, news
from projections.fold import is_shown
from service.domain.recorded import Recorded


class Past(Protocol):
    """What is asked of the log about streams that began earlier, or go on later."""

    def history(self, stream: str, until: int | None = None) -> Sequence[Recorded]: ...

    def heads(self, streams: Collection[str], position: int) -> Mapping[str, int | None]: ...


@dataclass(slots=True)
class Folds:
    """At most *limit* streams of *past*, folded."""

    past: Past
    limit: int
    _kept: OrderedDict[str, Going] = field(default_factory=OrderedDict)

    def take(self, event: Recorded) -> Going:
        """Return what its stream was before *event*, and keep it no longer."""
        if event.version == 1:
            return Going()
        kept = self._kept.pop(event.stream, None)
        if kept is not None and kept.shown is not None and kept.shown.version == event.version - 1:
            return kept
        return Going().on(self.past.history(event.stream, event.version - 1))

    def keep(self, stream: str, going: Going) -> None:
        """Keep what *stream* is for its next event."""
        self._kept[stream] = going.shortened()
        if len(self._kept) > self.limit:
            self._kept.popitem(last=False)


@dataclass(slots=True)
class Batch:
    """What some events lead to: documents of what is over with them, and the news on the way."""

    documents: list[Document]
    news: list[News]


def fold_batch(folds: Folds, events: Iterable[Recorded], end: int, listed_since: int) -> Batch:
    """
    Fold *events* on. News from before *listed_since* (Unix seconds) are left out.

    A stream has a document where it does not go on up to position *end*. It leaves every
    list that the stream was in, also those that an earlier run entered it in, which ended
    sooner.
    """
    batch = Batch([], [])
    streams = _by_stream(events)
    heads = folds.past.heads(streams.keys(), end)
    for stream, recorded in streams.items():
        going = folds.take(recorded[0]).on(recorded)
        shown = going.shown
        assert shown is not None  # noqa: S101 (Something happened.)
        listed = [each for each in recorded if each.event.at >= listed_since]
        batch.news += news(shown.owner, listed)
        if shown.version == heads[stream]:
            batch.documents.append(document(shown, going.passed))
        else:
            folds.keep(stream, going)
    return batch


def _by_stream(events: Iterable[Recorded]) -> dict[str, list[Recorded]]:
    """Return *events* by their streams, those that are shown."""
    streams: dict[str, list[Recorded]] = {}
    for event in events:
        if not is_shown(event.stream):
            continue
        before = streams.get(event.stream)
        if before is None:
            streams[event.stream] = [event]
        else:
            before.append(event)
    return streams

"""
One builder's share of a rebuild: the streams it folds, packs and writes.

Streams are dealt out by the last character of their names, which is chance, so any number of
builders share a log evenly, and no two of them ever write the same view.
"""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, Protocol

from projections.bulk import Bulk
from projections.folding import Folds, Past, fold_batch
from projections.keys import Marker
from projections.transaction import transactions
from service.domain.recorded import Recorded

# No more than stay in the processor's caches from the first look at them to the last.
EVENTS_AT_ONCE: Final = 400
FOLDS_MAX: Final = 50_000


class Share(NamedTuple):
    """The *number*-th share, from 0, where there are so many *of* them."""

    number: int = 0
    of: int = 1


WHOLE: Final = Share()


class Source(Past, Protocol):
    """What is asked of the log to build from it. Who asked for an event is left out."""

    @property
    def log_id(self) -> str: ...

    def scan(
        self, after: int, until: int | None, batch: int, share: tuple[int, int] = WHOLE
    ) -> Iterator[list[Recorded]]: ...

    def end(self) -> int: ...


class Stretch(NamedTuple):
    """
    A part of the log to build: past *begun*, up to position *upto*.

    What goes on after that, up to position *end*, is written once it has been built so far.
    """

    begun: Marker
    upto: int
    end: int


class Done(NamedTuple):
    """How many *events* a builder took in, and how many *documents* it wrote."""

    events: int
    documents: int


class Stopped(Exception):
    """Somebody wanted the rebuild to end. It can be taken up again where it was."""


class Builder:
    """Builds *share* of the streams of *source*. News from before *listed_since* are left out."""

    def __init__(self, bulk: Bulk, source: Source, share: Share, listed_since: int) -> None:
        self._bulk = bulk
        self._source = source
        self._share = share
        self._listed_since = listed_since
        self._folds = Folds(source, FOLDS_MAX)

    def build(self, stretch: Stretch, stopped: Callable[[], bool] = lambda: False) -> Done:
        """
        Write what the events of *stretch* lead to.

        One batch is folded while the one before it is written. Raise `Stopped` where
        *stopped* says so, `WorkLost` where what is being built is not what *stretch* is of.
        """
        begun = stretch.begun
        events = documents = 0
        with self._bulk.writing(begun) as write:
            for some in self._source.scan(
                begun.position, stretch.upto, EVENTS_AT_ONCE, self._share
            ):
                if stopped():
                    raise Stopped
                batch = fold_batch(self._folds, some, stretch.end, self._listed_since)
                for transaction in transactions(begun.generation, batch.documents, batch.news):
                    write(transaction)
                events, documents = events + len(some), documents + len(batch.documents)
        return Done(events, documents)

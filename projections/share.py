"""
One builder's share of a rebuild: the streams it folds, packs and writes.

Streams are dealt out by the last character of their names, which is chance, so any number of
builders share a log evenly, and no two of them ever write the same view.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, NamedTuple, Protocol

from projections.bulk import Bulk
from projections.folding import Folds, Past, fold_batch
from projections.keys import Marker
from projections.transaction import Transaction, transactions
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

    def build(self, begun: Marker, upto: int, stopped: Callable[[], bool] = lambda: False) -> Done:
        """
        Write what the events past *begun*, up to position *upto*, lead to.

        One batch is folded while the one before it is written. Raise `Stopped` where
        *stopped* says so, `WorkLost` where what is being built is not *begun*.
        """
        events = documents = 0
        with ThreadPoolExecutor(1, thread_name_prefix="seti-rebuild") as writer:
            last: Future[None] | None = None
            for some in self._source.scan(begun.position, upto, EVENTS_AT_ONCE, self._share):
                if stopped():
                    raise Stopped
                shown, packed = self._fold(begun.generation, some, upto)
                if last is not None:
                    last.result()
                last = writer.submit(self._bulk.write, begun, packed)
                events, documents = events + len(some), documents + shown
            if last is not None:
                last.result()
        return Done(events, documents)

    def _fold(
        self, generation: int, events: Iterable[Recorded], upto: int
    ) -> tuple[int, Sequence[Transaction]]:
        batch = fold_batch(self._folds, events, upto, self._listed_since)
        # Packed here, not by the writer: two threads that both need the interpreter hinder
        # each other, and one that only waits for Redis hinders nobody.
        packed = list(transactions(generation, batch.documents, batch.news))
        return len(batch.documents), packed

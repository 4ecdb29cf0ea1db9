"""
Streams for commands: from memory, or from the log.

A visit to the log costs its caller more than what is read there, and commands that miss come
in crowds (a batch job confirms what was created an hour ago). So what is asked for while a
visit is under way is read by the next one, all of it together.
"""

from collections.abc import Sequence
from functools import partial
from itertools import chain, islice
from typing import Final

from projections.batching import Batches
from service.commands import aside
from service.commands.folds import Folds, Loaded, folded
from service.store.protocol import EventStore

_ASKERS_MAX: Final = 64


class Loading:
    """Loads streams of *store*, and keeps them in *folds*."""

    def __init__(self, store: EventStore, folds: Folds) -> None:
        self._store = store
        self._folds = folds
        self._visits = Batches(self._visit, _ASKERS_MAX)

    async def load(self, streams: Sequence[str]) -> list[Loaded]:
        """Return what each of *streams* folds to. One that does not exist is empty."""
        kept = [self._folds.get(stream) for stream in streams]
        missing = [s for s, loaded in zip(streams, kept, strict=True) if loaded is None]
        read = iter(await self._visits.ask(missing)) if missing else iter(())
        return [loaded or next(read) for loaded in kept]

    async def _visit(self, asks: list[list[str]]) -> list[list[Loaded]]:
        streams = list(chain.from_iterable(asks))
        histories = await self._store.load_many([(stream, None) for stream in streams])
        read: list[Loaded] = []
        for stream, history in zip(streams, histories, strict=True):
            loaded = await aside.folded(partial(folded, stream), history)
            if history:
                self._folds.put(loaded)
            read.append(loaded)
        each = iter(read)
        return [list(islice(each, len(ask))) for ask in asks]

"""
The views that Redis holds, and the lists they are found in.

Nothing here ever fails a caller that can do without Redis: a read that cannot be believed is
a miss, and its caller folds the log; a write that is lost leaves a gap, which the runner
fills before anything is believed again. Only a page has no substitute, and says so.

Concurrent callers share commands; see `batching`. On a single node a batch is one script.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import redis.asyncio as aredis
import structlog

from projections.batching import Batches
from projections.connection import UNREACHABLE
from projections.documents import Document, News
from projections.indexes import Index
from projections.keys import MARKER, deadline_of_member, deadlines_key, index_key, view_key
from projections.paging import Cut, merged
from projections.scripts import text_of
from projections.trust import Standing, Trust
from projections.watermark import Watermark
from projections.writing import VERSION_LENGTH, script_arguments
from service import metrics
from service.domain.values import Owner

__all__ = ["Cut", "Views", "ViewsIncomplete"]

READS_MAX: Final = 256
WRITES_MAX: Final = 256
PAGES_MAX: Final = 64

log = structlog.get_logger()


class ViewsIncomplete(Exception):
    """The lists cannot be believed at the moment. They are being rebuilt: ask again soon."""


@dataclass(frozen=True, slots=True)
class _Write:
    documents: Sequence[Document]
    news: Sequence[News]
    positions: range


_Named = tuple[Owner, Sequence[str]]
_Paged = tuple[Owner, Sequence[Index], Cut]


class Views:
    """The read model as one process sees it, over *client*, as far as *trust* goes."""

    def __init__(self, client: aredis.Redis, trust: Trust, watermark: Watermark) -> None:
        self._client = client
        self._trust = trust
        self._watermark = watermark
        self._write_script = client.register_script(text_of("write"))
        self._due_script = client.register_script(text_of("due"))
        self._page_script = client.register_script(text_of("page"))
        self._reads: Batches[_Named, list[bytes | None]] = Batches(self._read_all, READS_MAX)
        self._writes: Batches[_Write, bool] = Batches(self._write_all, WRITES_MAX)
        self._pages: Batches[_Paged, list[str] | None] = Batches(self._page_all, PAGES_MAX)

    async def get(self, owner: Owner, name: str) -> bytes | None:
        """Return the view of *owner*'s object *name*, or None where it is not known."""
        (body,) = await self.get_many(owner, (name,))
        return body

    async def get_many(self, owner: Owner, names: Sequence[str]) -> list[bytes | None]:
        """Return the view of each of *names*, in their order; None where it is not known."""
        if not names or not self._trust.trusted:
            return [None] * len(names)
        return await self._reads.ask((owner, names))

    async def page(self, owner: Owner, indexes: Sequence[Index], cut: Cut) -> list[str]:
        """
        Return what *cut* wants of *indexes*, merged, newest first.

        A list may name an object that has just left it: what its view says decides. Raise
        `ViewsIncomplete` where the lists cannot be believed.
        """
        found = await self._pages.ask((owner, indexes, cut)) if self._trust.trusted else None
        if found is None:
            raise ViewsIncomplete
        return found

    async def due(self, at: int, limit: int) -> list[tuple[Owner, str]]:
        """
        Return what has been waiting for an instant up to *at*, the longest first.

        Raise `ViewsIncomplete` where the lists cannot be believed.
        """
        generation = self._trust.serving
        if not self._trust.trusted or generation is None:
            raise ViewsIncomplete
        keys = [MARKER, deadlines_key(generation)]
        try:
            marker, found = await self._due_script(keys=keys, args=[at, limit])
        except UNREACHABLE as reason:
            self._lost("views.unlisted", reason)
            raise ViewsIncomplete from reason
        if not self._trust.believes(marker, generation):
            raise ViewsIncomplete
        return [deadline_of_member(member.decode()) for member in found]

    async def write(
        self,
        documents: Sequence[Document],
        news: Sequence[News] = (),
        positions: range = range(0),
    ) -> bool:
        """
        Keep *documents* where they are not older than what is kept, and list *news*.

        *positions* are those of all the events that these come from: once they are
        written, the runner need not read them. Return whether they were written; if not,
        nothing is lost, since the log has them and the runner reads it.
        """
        return await self._writes.ask(_Write(documents, news, positions))

    async def _read_all(self, batch: list[_Named]) -> list[list[bytes | None]]:
        generation = self._trust.serving
        missed: list[list[bytes | None]] = [[None] * len(names) for _, names in batch]
        if not self._trust.trusted or generation is None:
            return missed
        keys = [view_key(generation, owner, name) for owner, names in batch for name in names]
        try:
            found: list[Any] = await self._client.mget([MARKER, *keys])
        except UNREACHABLE as reason:
            self._lost("views.unread", reason)
            return missed
        if not self._trust.believes(found[0], generation):
            return missed
        metrics.VIEWS_READ.inc(len(keys))
        bodies = iter([value and value[VERSION_LENGTH:] for value in found[1:]])
        return [[next(bodies) for _ in names] for _, names in batch]

    async def _page_all(self, batch: list[_Paged]) -> list[list[str] | None]:
        generation = self._trust.serving
        if not self._trust.trusted or generation is None:
            return [None] * len(batch)
        keys: list[bytes] = [MARKER]
        stretches: list[str | int] = []
        for owner, indexes, cut in batch:
            keys.extend(index_key(generation, owner, index) for index in indexes)
            stretches.extend(part for index in indexes for part in cut.stretch(index))
        try:
            marker, *found = await self._page_script(keys=keys, args=stretches)
        except UNREACHABLE as reason:
            self._lost("views.unlisted", reason)
            return [None] * len(batch)
        if not self._trust.believes(marker, generation):
            return [None] * len(batch)
        lists = iter(found)
        return [merged([next(lists) for _ in indexes], cut) for _, indexes, cut in batch]

    async def _write_all(self, batch: list[_Write]) -> list[bool]:
        generations = self._trust.writing
        if self._trust.standing is Standing.DOUBTED or not generations:
            return [False] * len(batch)
        documents = [document for each in batch for document in each.documents]
        news = [one for each in batch for one in each.news]
        try:
            for generation in generations:
                keys, arguments = script_arguments(generation, documents, news)
                await self._write_script(keys=keys, args=arguments)
        except UNREACHABLE as reason:
            self._lost("views.unwritten", reason)
            return [False] * len(batch)
        metrics.VIEWS_WRITTEN.inc(len(documents))
        for each in batch:
            self._watermark.done(each.positions)
        return [True] * len(batch)

    def _lost(self, what: str, reason: Exception) -> None:
        metrics.VIEWS_LOST.inc()
        if self._trust.standing is not Standing.DOUBTED:
            log.warning(what, reason=str(reason), kind=type(reason).__name__)
        self._trust.doubt()

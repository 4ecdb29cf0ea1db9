"""
Appends and projects the commands in flight together.

Every request would otherwise be put to sleep and woken twice, once for the log and once for
the views, each time after everything it works with has left the processor's caches. So
commands settle in groups: one append, one projection, and each request is woken once, when
what it decided is durable and can be read.

Nobody waits for a group to fill. One begins as soon as the loop comes round without bringing
more; while one is made durable the next one gathers, and while one is projected the next one
is appended.
"""

import asyncio
from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

import structlog

from projections.batching import while_growing
from projections.documents import Document, News, document, news
from service.commands.folds import Folds
from service.commands.unit import Change, Unit
from service.store.protocol import Commit, EventStore

GROUP_MAX: Final = 256

log = structlog.get_logger()


class Projector(Protocol):
    """Where views are written. A failure to is its own affair."""

    async def write(
        self, documents: Sequence[Document], news: Sequence[News], positions: range
    ) -> bool: ...


class _Waiting(NamedTuple):
    unit: Unit
    commit: Commit
    settled: asyncio.Future[None]
    changes: list[Change]


class Settling:
    """Settles units in *store*, keeps them in *folds*, and shows them in *views*."""

    def __init__(self, store: EventStore, folds: Folds, views: Projector) -> None:
        self._store = store
        self._folds = folds
        self._views = views
        self._waiting: list[_Waiting] = []
        self._appending: asyncio.Task[None] | None = None
        self._projecting: set[asyncio.Task[None]] = set()

    def settle(self, unit: Unit, commit: Commit) -> asyncio.Future[None]:
        """
        Append *commit*, which is what *unit* decided, and project it.

        What is returned is done when both are, or raises what the append raises.
        """
        loop = asyncio.get_running_loop()
        settled = loop.create_future()
        self._waiting.append(_Waiting(unit, commit, settled, []))
        if self._appending is None:
            self._appending = loop.create_task(self._append_all())
        return settled

    async def _append_all(self) -> None:
        try:
            while self._waiting:
                await while_growing(lambda: len(self._waiting), GROUP_MAX)
                group, self._waiting = self._waiting[:GROUP_MAX], self._waiting[GROUP_MAX:]
                results = await self._append(group)
                projecting = asyncio.create_task(self._project(group, results))
                self._projecting.add(projecting)
                projecting.add_done_callback(self._projecting.discard)
        finally:
            self._appending = None

    async def _append(self, group: Sequence[_Waiting]) -> Sequence[int | Exception]:
        try:
            results = await self._store.append_all([each.commit for each in group])
            for each, result in zip(group, results, strict=True):
                if isinstance(result, int):
                    each.changes.extend(each.unit.changes())
                    for change in each.changes:
                        self._folds.put(change.after)
        except Exception as reason:  # noqa: BLE001 - whoever waits must hear of it, whatever it is
            return [reason] * len(group)
        return results

    async def _project(self, group: Sequence[_Waiting], results: Sequence[int | Exception]) -> None:
        try:
            await self._show(group, results)
        except Exception:
            # It is in the log all the same, and the runner projects what nobody has.
            log.exception("projection.failed", commands=len(group))
        for each, result in zip(group, results, strict=True):
            if each.settled.done():
                continue
            if isinstance(result, int):
                each.settled.set_result(None)
            else:
                each.settled.set_exception(result)

    async def _show(self, group: Sequence[_Waiting], results: Sequence[int | Exception]) -> None:
        documents: list[Document] = []
        told: list[News] = []
        spans: list[range] = []
        for each, result in zip(group, results, strict=True):
            if isinstance(result, int) and result:
                spans.append(_tell(each, result, documents, told))
        if spans:
            # The events of one group stand together: it is appended in one transaction.
            positions = range(spans[0].start, spans[-1].stop)
            await self._views.write(documents, told, positions)


def _tell(each: _Waiting, last: int, documents: list[Document], told: list[News]) -> range:
    """Add what *each* decided, up to position *last*, and return its positions."""
    unit = each.unit
    positions = range(last - len(unit.decided) + 1, last + 1)
    documents += [
        document(change.after.shown, change.passed, change.body)
        for change in each.changes
        if change.after.shown is not None
    ]
    told += news(unit.owner, unit.decided, positions.start)
    return positions

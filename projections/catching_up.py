"""Projects a stretch of the log, whoever should have done so."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from projections.documents import Document, News, Told, tell
from projections.fold import is_shown
from projections.views import Views
from projections.watermark import Watermark
from service import metrics
from service.config import CATCH_UP_BATCH, EVENTS_LISTED_S
from service.domain.recorded import Recorded


class Log(Protocol):
    """What is asked of the log to project it."""

    @property
    def log_id(self) -> str: ...

    async def load_many(self, places: Sequence[tuple[str, int | None]]) -> list[list[Recorded]]: ...

    async def notifications(self, after: int, limit: int) -> list[Recorded]: ...

    async def head(self) -> int: ...


class Interrupted(Exception):
    """Views could not be written. What they are to hold is still in the log."""


class CatchUp:
    """Reads events and tells the views of the streams they belong to, as those are now."""

    def __init__(
        self, log: Log, views: Views, watermark: Watermark, clock: Callable[[], float]
    ) -> None:
        self._log = log
        self._views = views
        self._watermark = watermark
        self._clock = clock

    async def stretch(self, after: int, until: int) -> None:
        """
        Project what is past position *after* up to *until*, a known position of the log.

        A stream is told of as far as it goes, so the rest of a long one is not read again.
        Raise `Interrupted` where it cannot be written.
        """
        ahead: dict[str, int] = {}
        while after < until:
            events = await self._log.notifications(after, CATCH_UP_BATCH)
            if not events:
                break
            await self._project(after, list(_untold(events, ahead)), ahead)
            metrics.EVENTS_CAUGHT_UP.inc(len(events))
            self._watermark.done(range(after + 1, events[-1].position + 1))
            after = events[-1].position
        # Positions may have holes, and a log may end before a position that was burnt.
        self._watermark.done(range(after + 1, until + 1))

    async def _project(self, after: int, events: Sequence[Recorded], ahead: dict[str, int]) -> None:
        """Tell of the streams of *events*, and note in *ahead* how far that was."""
        streams = dict.fromkeys(each.stream for each in events if is_shown(each.stream))
        histories = await self._log.load_many([(stream, None) for stream in streams])
        # From the first event on: lists that were left while a write was lost are left again.
        tells = [told for history in histories if (told := tell(history)) is not None]
        listed_since = int(self._clock()) - EVENTS_LISTED_S
        news = [one for one in _news(tells) if one.position > after and one.at >= listed_since]
        await self._write([told.document for told in tells], news)
        last = {each.stream: each.version for each in events}
        for name, history in zip(streams, histories, strict=True):
            if history[-1].version > last[name]:
                ahead[name] = history[-1].version

    async def _write(self, documents: Sequence[Document], news: Sequence[News]) -> None:
        """Write it all, the news of long histories at several goes."""
        for first in range(0, max(len(news), len(documents)), CATCH_UP_BATCH):
            some = slice(first, first + CATCH_UP_BATCH)
            if not await self._views.write(documents[some], news[some]):
                raise Interrupted


def _untold(events: Iterable[Recorded], ahead: dict[str, int]) -> Iterator[Recorded]:
    """Give those of *events* that were not told of *ahead*, and forget what is caught up with."""
    for event in events:
        told = ahead.get(event.stream, 0)
        if event.version >= told:
            ahead.pop(event.stream, None)
        if event.version > told:
            yield event


def _news(tells: Iterable[Told]) -> Iterator[News]:
    for told in tells:
        yield from told.news

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

        Raise `Interrupted` where it cannot be written.
        """
        while after < until:
            events = await self._log.notifications(after, CATCH_UP_BATCH)
            if not events:
                break
            await self._project(events)
            metrics.EVENTS_CAUGHT_UP.inc(len(events))
            self._watermark.done(range(after + 1, events[-1].position + 1))
            after = events[-1].position
        # Positions may have holes, and a log may end before a position that was burnt.
        self._watermark.done(range(after + 1, until + 1))

    async def _project(self, events: Sequence[Recorded]) -> None:
        documents, news = await self._told(events)
        if documents and not await self._views.write(documents, news):
            raise Interrupted

    async def _told(self, events: Sequence[Recorded]) -> tuple[list[Document], list[News]]:
        streams = dict.fromkeys(each.stream for each in events if is_shown(each.stream))
        histories = await self._log.load_many([(stream, None) for stream in streams])
        # From the first event on: lists that were left while a write was lost are left again.
        tells = [told for history in histories if (told := tell(history)) is not None]
        stretch = range(events[0].position, events[-1].position + 1)
        listed_since = int(self._clock()) - EVENTS_LISTED_S
        return [told.document for told in tells], [
            news for news in _news(tells) if news.position in stretch and news.at >= listed_since
        ]


def _news(tells: Iterable[Told]) -> Iterator[News]:
    for told in tells:
        yield from told.news

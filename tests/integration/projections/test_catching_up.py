"""What it takes to catch up with the log."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from projections import catching_up, indexes, runner
from projections.catching_up import CatchUp
from service.domain.recorded import Recorded
from service.store.sqlite.log import SqliteLog
from tests import histories as a
from tests.read_model import NOW, House

_LENGTH = 40


class _CountedLog:
    """A log that counts the events it was asked for, stream by stream."""

    def __init__(self, log: SqliteLog) -> None:
        self._log = log
        self.log_id = log.log_id
        self.head = log.head
        self.notifications = log.notifications
        self.loaded = 0

    async def load_many(self, places: Sequence[tuple[str, int | None]]) -> list[list[Recorded]]:
        histories = await self._log.load_many(places)
        self.loaded += sum(map(len, histories))
        return histories


@pytest.fixture(name="long")
async def _long(house: House, monkeypatch: pytest.MonkeyPatch) -> str:
    """An intent whose many updates nobody has projected, with others between them."""
    # The house's own runner leaves them alone.
    monkeypatch.setattr(runner, "TICK_S", 1000.0)
    monkeypatch.setattr(catching_up, "CATCH_UP_BATCH", 4)
    name = await house.created(projects=False)
    for number in range(_LENGTH):
        update = replace(
            a.INTENT_UPDATED, setup_intent_id=name, changed={"metadata": {"n": number}}
        )
        await house.happens(name, update, projects=False)
        await house.created(projects=False)
    return name


class TestLongStream:
    async def test_is_read_once(self, house: House, long: str) -> None:
        """A stream that goes on over many batches is read with the first of them alone."""
        counted = _CountedLog(house.log)
        catch_up = CatchUp(counted, house.model.views, house.model.watermark, lambda: NOW)
        head = await house.log.head()
        await catch_up.stretch(0, head)
        assert counted.loaded == head
        assert await house.is_shown(long)
        news = await house.listed(indexes.EVENTS)
        assert news is not None
        assert len(news) == 1 + _LENGTH

    async def test_is_told_of_again_where_it_went_on(
        self, house: House, long: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What happens to a stream while others are caught up with is told of as well."""
        update = replace(a.INTENT_UPDATED, setup_intent_id=long, changed={"description": "Last"})
        counted = _CountedLog(house.log)
        catch_up = CatchUp(counted, house.model.views, house.model.watermark, lambda: NOW)
        head = await house.log.head()
        load_many = counted.load_many

        async def and_then(places: Sequence[tuple[str, int | None]]) -> list[list[Recorded]]:
            histories = await load_many(places)
            if (long, None) in places and await house.log.head() == head:
                await house.happens(long, update, projects=False)
            return histories

        monkeypatch.setattr(counted, "load_many", and_then)
        await catch_up.stretch(0, head + 1)
        assert await house.is_shown(long)

"""Lists of events by who has acknowledged them: for how long they are looked for."""

from collections.abc import Collection
from types import SimpleNamespace
from typing import Any

import pytest

from projections import indexes
from projections.views import Cut
from service import config
from service.api import heard_of
from service.api.listing import Listed
from service.domain.errors import TooManyEvents

EVENTS = [indexes.news_member(9, position, f"evt_{position}") for position in range(99, 0, -1)]


class Views:
    """All events, in one list."""

    async def page(self, _owner: object, _indexes: object, cut: Cut) -> list[str]:
        first = EVENTS.index(cut.after) + 1 if cut.after else 0
        return EVENTS[first : first + cut.limit]


class Deliveries:
    """Only the oldest event was acknowledged."""

    async def unacknowledged(self, event_ids: Collection[str]) -> Collection[str]:
        return set(event_ids) - {"evt_1"}


@pytest.fixture
def listed() -> Listed:
    call: Any = SimpleNamespace(
        owner=None, house=SimpleNamespace(views=Views(), deliveries=Deliveries())
    )
    whole = Listed(kind="event", noun="event", indexes=(indexes.EVENTS,))
    return heard_of.acknowledged(call, whole)


async def found(listed: Listed) -> list[str]:
    assert listed.members is not None
    return await listed.members(Cut(limit=2))


async def test_finds_what_is_far_below(listed: Listed) -> None:
    """Below many that somebody waits for, one that was acknowledged is found."""
    assert await found(listed) == EVENTS[-1:]


class TestOnceTimeIsUp:
    """Nobody waits for ever for what may not be there."""

    @pytest.fixture(autouse=True)
    def _no_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(config, "LIST_LOOKS_S", -1.0)

    async def test_ends(self, listed: Listed) -> None:
        """What is acknowledged is looked for no longer than what is not."""
        with pytest.raises(TooManyEvents, match="created"):
            await found(listed)

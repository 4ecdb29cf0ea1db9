"""Bodies that are rendered from the log again, for an attempt after the first."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from service.domain.recorded import Recorded
from service.ids import event_id
from service.reveal import Reveal
from service.store.codec import UnreadableEvent
from service.webhooks.bodies import Bodies, News
from tests.subscribing import KEYRING, House


async def test_unreadable_event_holds_up_no_other(house: House, tmp_path: Path) -> None:
    """Where one event cannot be read any more, what is rendered beside it is rendered."""
    bodies = Bodies(house.log, Reveal(KEYRING, "http://127.0.0.1:12111"))
    names = await house.create_customers(2)
    with closing(sqlite3.connect(tmp_path / "seti.sqlite3")) as log, log:
        log.execute("UPDATE stored_events SET state = '-' WHERE originator_id = ?", names[:1])
    asked = [bodies.again(event_id(name, 1)) for name in names]
    broken, fine = await asyncio.gather(*asked, return_exceptions=True)
    assert isinstance(broken, UnreadableEvent)
    assert isinstance(fine, News)


async def test_rendered_again_together(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is rendered again at the same time is loaded in one visit to the log."""
    visits: list[int] = []
    load_many = house.log.load_many

    async def watched(places: Sequence[tuple[str, int | None]]) -> list[list[Recorded]]:
        visits.append(len(places))
        return await load_many(places)

    monkeypatch.setattr(house.log, "load_many", watched)
    bodies = Bodies(house.log, Reveal(KEYRING, "http://127.0.0.1:12111"))
    names = await house.create_customers(3)
    news = await asyncio.gather(*(bodies.again(event_id(name, 1)) for name in names))
    assert [each and each.recorded.stream for each in news] == names
    assert visits == [3]

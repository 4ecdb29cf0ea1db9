"""Bodies that are rendered from the log again, for an attempt after the first."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import AsyncExitStack, closing
from pathlib import Path

import pytest

from service.domain.events import PersonalDataForgotten
from service.domain.recorded import Recorded
from service.hiding import Hiding
from service.ids import event_id
from service.reveal import Reveal
from service.store.codec import UnreadableEvent
from service.webhooks.bodies import Bodies, News
from tests import histories as h
from tests.eventually import eventually
from tests.receivers import OK, in_turn, receiver, status
from tests.subscribing import KEYRING, House, a_house, telling


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


async def test_rendered_again_once_for_all(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many endpoints are sent the same again, it is loaded and rendered once."""
    places: list[tuple[str, int | None]] = []
    load_many = house.log.load_many

    async def watched(asked: Sequence[tuple[str, int | None]]) -> list[list[Recorded]]:
        places.extend(asked)
        return await load_many(asked)

    monkeypatch.setattr(house.log, "load_many", watched)
    async with AsyncExitStack() as stack:
        scripts = [in_turn(status(500), OK) for _ in range(3)]
        there = [await stack.enter_async_context(receiver(script)) for script in scripts]
        for each in there:
            await house.subscribe(each)
        async with telling(house):
            (name,) = await house.create_customers(1)
            await eventually(lambda: all(len(each.received) == 2 for each in there))
    bodies = {received.body for each in there for received in each.received}
    assert len(bodies) == 1
    assert places.count((name, 1)) == 1


async def test_forgotten_once_it_was_rendered_again(tmp_path: Path) -> None:
    """What was rendered again before somebody was forgotten tells nobody of them after."""
    no = status(500)
    async with (
        receiver(in_turn(no, no, status(429, "Retry-After: 1"), OK)) as there,
        a_house(tmp_path, Hiding(KEYRING.personal_key)) as house,
    ):
        await house.subscribe(there)
        async with telling(house, retry_schedule=(0, 0, 0, 0, 0)):
            (name,) = await house.create_customers(1, email="jane@example.com")
            await eventually(lambda: len(there.received) == 3)
            await house.happen(PersonalDataForgotten(subject_id=name, at=h.AT, customer=name))
            await eventually(lambda: len(there.received) == 4)
    assert [b"jane" in received.body for received in there.received] == [True] * 3 + [False]

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from projections import indexes
from projections.documents import Document, News, tell
from projections.indexes import Index
from projections.keys import index_key, view_key
from projections.scripts import text_of
from projections.views import Cut
from projections.writing import script_arguments
from service import config, ids
from service.domain import events as e
from tests import histories as a
from tests import read_model
from tests.read_model import OWNER, House
from tests.valkey import Valkey

HISTORY: Sequence[e.Event] = (
    replace(a.INTENT_CREATED, customer=a.CUS),
    a.ATTEMPT_STARTED,
    a.SETUP_FAILED,
    replace(a.INTENT_UPDATED, changed={"customer": None}),
    a.CANCELED,
)
LISTS = (
    indexes.SETUP_INTENTS,
    indexes.setup_intents_of_customer(a.CUS),
    indexes.setup_intents_of_payment_method(a.PM),
)


def versions() -> list[Document]:
    """Return one document for each version of one SetupIntent."""
    recorded = a.recorded(*HISTORY)
    tells = [tell(recorded[:count]) for count in range(1, len(recorded) + 1)]
    return [told.document for told in tells if told is not None]


class TestGuard:
    @given(st.permutations(versions() * 2))
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_the_newest_wins_in_any_order(self, valkey: Valkey, order: list[Document]) -> None:
        """However often and in whatever order versions are written, the last one is kept."""
        newest = max(order, key=lambda document: document.version)
        with valkey.client() as client:
            client.flushall()
            write = client.register_script(text_of("write"))
            for document in order:
                keys, arguments = script_arguments(1, [document], ())
                write(keys=keys, args=arguments)
            kept = client.get(view_key(1, OWNER, a.SETI))
            listed = [client.zrange(index_key(1, OWNER, index), 0, -1) for index in LISTS]
        assert kept == b"%08x%b" % (newest.version, newest.body)
        assert listed == [[a.SETI.encode()], [], []]

    async def test_a_stale_write_is_dropped(self, house: House) -> None:
        """A write that comes late neither changes the view nor lists the object again."""
        documents = versions()
        await house.model.views.write([documents[-1]])
        await house.model.views.write([documents[1]])
        assert await house.model.views.get(OWNER, a.SETI) == documents[-1].body
        assert await house.listed(LISTS[2]) == []


class TestPage:
    async def test_walks_both_ways(self, house: House) -> None:
        """Newest first, from either side of a cursor."""
        names = [await house.created() for _ in range(5)][::-1]
        page = house.model.views.page
        of = [indexes.SETUP_INTENTS]
        assert await page(OWNER, of, Cut(limit=2)) == names[:2]
        assert await page(OWNER, of, Cut(limit=2, after=names[1])) == names[2:4]
        assert await page(OWNER, of, Cut(limit=2, before=names[3])) == names[1:3]
        assert await page(OWNER, of, Cut(limit=2, before=names[0])) == []

    async def test_is_bounded_by_the_instant_of_making(self, house: House) -> None:
        """Bounds take whole seconds: the first included, the last not."""
        name = await house.created()
        page = house.model.views.page
        of = [indexes.SETUP_INTENTS]
        assert await page(OWNER, of, Cut(limit=5, since=a.AT, until=a.AT + 1)) == [name]
        assert await page(OWNER, of, Cut(limit=5, since=a.AT + 1)) == []
        assert await page(OWNER, of, Cut(limit=5, until=a.AT)) == []

    async def test_merges_several_lists(self, house: House) -> None:
        """Events of several types come as one list, in the order they happened."""
        name = await house.created()
        await house.happens(name, a.CANCELED)
        other = await house.created()
        of = [indexes.events_of_type(f"setup_intent.{what}") for what in ("created", "canceled")]
        everything = await house.listed(*of)
        assert everything == await house.listed(indexes.EVENTS)
        assert everything is not None
        assert len(everything) == 3
        assert await house.model.views.page(OWNER, of, Cut(limit=1)) == everything[:1]
        cut = Cut(limit=1, before=everything[2])
        assert await house.model.views.page(OWNER, of, cut) == everything[1:2]
        canceled, *created = [indexes.event_of_member(member) for member in everything]
        assert canceled == ids.event_id(name, 2)
        assert created == [ids.event_id(other, 1), ids.event_id(name, 1)]

    @pytest.mark.parametrize("index", [indexes.CUSTOMERS, indexes.EVENTS])
    async def test_is_empty_where_nothing_is(self, house: House, index: Index) -> None:
        """A list that nobody has written is empty, not unavailable."""
        assert await house.listed(index) == []


class TestNews:
    @pytest.fixture
    async def house(self, tmp_path: Path, valkey: Valkey) -> AsyncIterator[House]:
        """A house in which everything from before five seconds after `AT` is past its time."""
        async with read_model.house(
            tmp_path, valkey, lambda: a.AT + 5 + config.EVENTS_LISTED_S
        ) as opened:
            await opened.runner.until_whole()
            yield opened

    async def test_past_their_time_are_trimmed(self, house: House) -> None:
        """Events older than the bound leave the lists, and no others."""
        old = News(OWNER, "evt_old", "setup_intent.created", a.AT, 1)
        new = News(OWNER, "evt_new", "setup_intent.created", a.AT + 10, 2)
        await house.model.views.write((), [old, new])
        await house.model.generations.trim_events(1, a.AT + 5)
        for index in (indexes.EVENTS, indexes.events_of_type("setup_intent.created")):
            listed = await house.listed(index) or []
            assert [indexes.event_of_member(member) for member in listed] == ["evt_new"]

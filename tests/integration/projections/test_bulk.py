"""What is built in bulk is written while it is ours, and not a moment longer."""

from collections.abc import Iterable

import pytest

from projections.bulk import Bulk, WorkLost
from projections.documents import tell
from projections.keys import BUILDING, GENERATIONS, MARKER, Marker
from projections.transaction import Transaction, transactions
from tests import histories as a
from tests.eventually import eventually
from tests.read_model import House, contents
from tests.valkey import Valkey

TOLD = tell(a.recorded(a.INTENT_CREATED))
assert TOLD is not None
DOCUMENT, NEWS = TOLD.document, TOLD.news


def write(bulk: Bulk, begun: Marker, written: Iterable[Transaction]) -> None:
    """Write all of *written* to what is built from *begun* on."""
    with bulk.writing(begun) as do:
        for transaction in written:
            do(transaction)


class TestBulk:
    async def test_notices_that_its_work_was_flushed(self, house: House, valkey: Valkey) -> None:
        """What was flushed while it was built never becomes current."""
        with valkey.client() as client:
            bulk = Bulk(client, house.log.log_id)
            begun = bulk.begin(0)
            client.flushall()
            with pytest.raises(WorkLost):
                bulk.advance(begun, Marker(begun.generation, begun.log, 5))
            with pytest.raises(WorkLost):
                bulk.switch(begun)
            assert client.get(MARKER) is None or Marker.read(client.get(MARKER)) != begun

    async def test_writes_nothing_for_others(self, house: House, valkey: Valkey) -> None:
        """Who goes on with what somebody else has taken further changes nothing at all."""
        with valkey.client() as client:
            bulk = Bulk(client, house.log.log_id)
            begun = bulk.begin(0)
            bulk.advance(begun, Marker(begun.generation, begun.log, 5))
            with pytest.raises(WorkLost):
                write(bulk, begun, transactions(begun.generation, [DOCUMENT], NEWS))
        assert contents(valkey, begun.generation) == {}

    async def test_writes_nothing_that_is_taken_over_meanwhile(
        self, house: House, valkey: Valkey, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Work that is lost after it was asked for, before it is written, stays unwritten."""
        with valkey.client() as client, valkey.client() as other:
            bulk = Bulk(client, house.log.log_id)
            begun = bulk.begin(0)
            [written] = transactions(begun.generation, [DOCUMENT], NEWS)
            meanwhile = property(lambda _: other.delete(BUILDING) and written[0])
            monkeypatch.setattr(Transaction, "packed", meanwhile)
            with pytest.raises(WorkLost):
                write(bulk, begun, [written])
            monkeypatch.undo()
            again = bulk.begin(0)
            assert contents(valkey, begun.generation) == {}
            write(bulk, again, transactions(again.generation, [DOCUMENT], NEWS))
        assert len(contents(valkey, again.generation)) == 5

    async def test_writes_no_more_once_it_is_taken_over(self, house: House, valkey: Valkey) -> None:
        """What was written before others took over stays; all that comes after it is not."""
        with valkey.client() as client:
            bulk = Bulk(client, house.log.log_id)
            begun = bulk.begin(0)
            [views] = transactions(begun.generation, [DOCUMENT], [])
            [news] = transactions(begun.generation, [], NEWS)

            async def write_and_lose() -> None:
                with bulk.writing(begun) as do:
                    do(views)
                    # What was asked for last has taken place when the key is asked for.
                    await eventually(lambda: contents(valkey, begun.generation) != {})
                    client.delete(BUILDING)
                    do(news)

            with pytest.raises(WorkLost):
                await write_and_lose()
        assert len(contents(valkey, begun.generation)) == 2

    async def test_spares_what_is_being_built(self, house: House, valkey: Valkey) -> None:
        """Whoever tidies up leaves the current generation and the one under way."""
        with valkey.client() as client:
            bulk = Bulk(client, house.log.log_id)
            under_way = bulk.begin(0)
            client.sadd(GENERATIONS, "77")
            assert await house.model.generations.forget_all_but([]) == [77]
            assert Marker.read(client.get(BUILDING)) == under_way

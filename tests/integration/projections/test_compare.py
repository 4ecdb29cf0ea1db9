"""A comparison tells of every difference between the views and the log, and of nothing else."""

from pathlib import Path

from msgspec.structs import replace

from projections import indexes
from projections.compare import compare
from projections.keys import index_key, view_key
from service.domain.recorded import Recorded
from service.store.codec import Codec
from service.store.sqlite.opening import LOG_FILE
from service.store.sqlite.reads import SqliteReads
from tests import histories as a
from tests.integration.projections.test_rebuild import filled
from tests.read_model import NOW, OWNER, House
from tests.valkey import Valkey


class _Growing(SqliteReads):
    """A log that goes on past *head* while it is compared, and counts what is read once more."""

    def __init__(self, file: Path, head: int) -> None:
        super().__init__(file, Codec())
        self._head = head
        self.read_again: list[str] = []

    def end(self) -> int:
        return self._head

    def history(self, stream: str, until: int | None = None) -> list[Recorded]:
        self.read_again.append(stream)
        return super().history(stream, until)


class TestCompareMeanwhile:
    async def test_reads_again_what_is_new_alone(
        self, house: House, valkey: Valkey, tmp_path: Path
    ) -> None:
        """Lists that grow meanwhile are no reason to read all that they hold once more."""
        await filled(house)
        source = _Growing(tmp_path / LOG_FILE, await house.log.head())
        new = await house.created()
        assert compare(valkey.url, source, at=int(NOW)).differences == []
        assert set(source.read_again) == {new}
        await source.close()

    async def test_reads_a_stream_once_for_a_list(
        self, house: House, valkey: Valkey, tmp_path: Path
    ) -> None:
        """However much a stream has added to a list, it is read once to know that it may."""
        customer = house.new_id("cus", a.AT * 1000)
        source = _Growing(tmp_path / LOG_FILE, await house.log.head())
        await house.happens(customer, replace(a.CUSTOMER_CREATED, customer_id=customer))
        for _ in range(5):
            await house.happens(customer, replace(a.CUSTOMER_UPDATED, customer_id=customer))
        assert compare(valkey.url, source, at=int(NOW)).differences == []
        with valkey.client() as client:
            lists = sum(client.type(key) == b"zset" for key in client.scan_iter())
        assert len(source.read_again) <= lists + 1
        await source.close()


class TestCompare:
    async def test_finds_nothing_where_nothing_differs(self, house: House, valkey: Valkey) -> None:
        """Views that requests wrote are what the log leads to."""
        await filled(house)
        compared = compare(valkey.url, house.log, at=int(NOW))
        assert compared.differences == []
        assert (compared.events, compared.views) == (22, 7)

    async def test_finds_every_planted_difference(self, house: House, valkey: Valkey) -> None:
        """Missing, stale, altered and extra views and members are told, each once."""
        missing, stale, altered = [await house.created() for _ in range(3)]
        of_stranger = index_key(1, OWNER, indexes.setup_intents_of_customer(a.CUS))
        with valkey.client() as client:
            old = client.get(view_key(1, OWNER, stale))
        await house.happens(stale, a.CANCELED)
        with valkey.client() as client:
            client.delete(view_key(1, OWNER, missing))
            client.set(view_key(1, OWNER, stale), old or b"")
            client.append(view_key(1, OWNER, altered), " ")
            client.set(view_key(1, OWNER, a.SETI), b"00000001{}")
            client.zrem(index_key(1, OWNER, indexes.SETUP_INTENTS), altered)
            client.zadd(of_stranger, {altered: 0})
        found = compare(valkey.url, house.log, at=int(NOW)).differences
        assert len(found) == 6
        for part in (
            f"{missing} has no view",
            f"{stale} is shown at version 1, not 2",
            f"{altered} is shown with other bytes",
            f"setup_intents does not list {altered}",
            f"{a.SETI} is shown, and the log does not",
            f"lists {altered}, which does not belong",
        ):
            assert sum(part in sentence for sentence in found) == 1

    async def test_says_where_there_is_nothing_to_compare(
        self, house: House, valkey: Valkey
    ) -> None:
        """Without a marker of this log there is one difference: everything."""
        await house.runner.stop()
        with valkey.client() as client:
            client.flushall()
        assert len(compare(valkey.url, house.log, at=int(NOW)).differences) == 1

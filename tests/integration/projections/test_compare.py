"""A comparison tells of every difference between the views and the log, and of nothing else."""

from projections import indexes
from projections.compare import compare
from projections.keys import index_key, view_key
from tests import histories as a
from tests.integration.projections.test_rebuild import filled
from tests.read_model import NOW, OWNER, House
from tests.valkey import Valkey


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

"""Which process delivers to which endpoint."""

from service.ids import IdMaker
from service.webhooks.leases import SHARDS, SoleOwner, shard_of


def test_shard_of_an_endpoint() -> None:
    """An endpoint's shard is the same in every process and release."""
    assert shard_of("we_000000000000000000000001") == 17
    new_id = IdMaker()
    assert {shard_of(new_id("we", 1)) for _ in range(5000)} == set(range(SHARDS))


def test_sole_owner() -> None:
    """The one process over a ledger of its own holds every shard."""
    assert all(map(SoleOwner().holds, range(SHARDS)))

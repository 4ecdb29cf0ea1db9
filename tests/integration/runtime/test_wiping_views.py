"""Views that somebody forgotten may still be in, beside those that are read."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from projections.bulk import Bulk
from projections.keys import BUILDING, GENERATIONS
from projections.rebuild import rebuild
from service.runtime.wiping import Wiping
from service.webhooks.ledger import open_ledger
from tests.read_model import NOW, House, house
from tests.valkey import Valkey


@pytest.fixture(name="house")
async def _house(tmp_path: Path, valkey: Valkey) -> AsyncIterator[House]:
    async with house(tmp_path, valkey) as opened:
        await opened.runner.until_whole()
        for _ in range(6):
            await opened.created()
        yield opened


@pytest.fixture(name="wiping")
async def _wiping(house: House, tmp_path: Path) -> AsyncIterator[Wiping]:
    ledger = open_ledger(tmp_path / "ledger.sqlite3", house.log.log_id)
    yield Wiping(house.log, ledger, house.model, embedded=None)
    await ledger.close()


def generations(valkey: Valkey) -> set[bytes]:
    """Return the numbers of those generations of which anything is kept."""
    with valkey.client() as client:
        assert client.get(BUILDING) is None
        kept = {key.partition(b":")[0].removeprefix(b"s") for key in client.scan_iter("s[0-9]*")}
        assert kept == client.smembers(GENERATIONS)
        return kept


async def test_go_with_a_rebuild_that_was_interrupted(
    house: House, wiping: Wiping, valkey: Valkey
) -> None:
    """What was being built, and is taken up by nobody, does not stay."""
    with valkey.client() as client:
        begun = Bulk(client, house.log.log_id).begin(1)
        client.set(f"s{begun.generation}:of:somebody", "who is forgotten")
    await wiping({})
    assert generations(valkey) == {b"1"}


async def test_go_with_a_rebuild_that_runs(
    house: House, wiping: Wiping, valkey: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It begins again, with what the log says by then, and comes to its end."""
    monkeypatch.setattr("projections.rebuild.STRETCH", 4)
    loop, told = asyncio.get_running_loop(), [0]

    def progress(done: int, _of: int) -> None:
        told.append(done)
        if len(told) == 2:
            asyncio.run_coroutine_threadsafe(wiping({}), loop).result()

    built = await asyncio.to_thread(rebuild, valkey.url, house.log, at=int(NOW), progress=progress)
    assert told == [0, 4, 4, 6]
    assert built.marker.position == 6


async def test_go_once_nobody_reads_them(house: House, wiping: Wiping, valkey: Valkey) -> None:
    """Where others were made current, they are followed first; then the old ones go."""
    built = await asyncio.to_thread(rebuild, valkey.url, house.log, at=int(NOW))
    await wiping({})
    assert house.model.trust.serving == built.marker.generation
    assert generations(valkey) == {b"%d" % built.marker.generation}

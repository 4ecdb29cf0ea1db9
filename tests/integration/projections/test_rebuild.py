import asyncio
import multiprocessing
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from projections.building import builder
from projections.bulk import WorkLost
from projections.crew import crew
from projections.keys import BUILDING, Marker
from projections.rebuild import RebuildStopped, rebuild
from service.domain.events import AccountCreated
from service.domain.recorded import Recorded
from service.domain.values import SYSTEM
from service.store.protocol import Append, LogUnavailable
from service.store.sqlite import SqliteReads, open_log_for_reading
from tests import histories as a
from tests.eventually import eventually
from tests.read_model import NOW, House, contents
from tests.valkey import Valkey


async def filled(house: House) -> None:
    """Let a little of everything happen."""
    customer = house.new_id("cus", a.AT * 1000)
    await house.happens(customer, replace(a.CUSTOMER_CREATED, customer_id=customer))
    for _ in range(3):
        name = await house.created(customer=customer)
        await house.happens(name, a.ATTEMPT_STARTED, a.SETUP_FAILED)
        await house.happens(name, a.ATTEMPT_STARTED, a.SUCCEEDED)
    named = {"email": "Jenny@example.com", "name": "Jenny", "metadata": {"a": "1", "b": "2"}}
    await house.happens(customer, replace(a.CUSTOMER_UPDATED, changed=named))
    token = house.new_id("ctoken", a.AT * 1000)
    made = replace(a.CONFIRMATION_CREATED, confirmation_token_id=token)
    await house.happens(token, made, replace(a.CONFIRMATION_USED, confirmation_token_id=token))
    configuration = house.new_id("pmc", a.AT * 1000)
    await house.happens(
        configuration, replace(a.CONFIGURATION_CREATED, configuration_id=configuration)
    )
    endpoint = house.new_id("we", a.AT * 1000)
    created = replace(a.ENDPOINT_CREATED, endpoint_id=endpoint)
    await house.happens(endpoint, created, replace(a.ENDPOINT_DELETED, endpoint_id=endpoint))


class TestRebuild:
    async def test_builds_the_same_bytes(self, house: House, valkey: Valkey) -> None:
        """What is built from the log is what the requests wrote, views and lists alike."""
        await filled(house)
        written = contents(valkey, 1)
        built = rebuild(valkey.url, house.log, at=int(NOW))
        assert contents(valkey, built.marker.generation) == written
        assert (built.events, built.documents) == (22, 7)

    @pytest.mark.parametrize("sizes", [(1, 1, 1), (3, 2, 9), (7, 3, 1), (30, 1, 9), (30, 4, 1)])
    async def test_builds_the_same_bytes_piece_by_piece(
        self,
        house: House,
        valkey: Valkey,
        monkeypatch: pytest.MonkeyPatch,
        sizes: tuple[int, int, int],
    ) -> None:
        """However the log is cut, and however few folds are kept, it comes to the same."""
        await filled(house)
        written = contents(valkey, 1)
        names = ("rebuild.STRETCH", "share.EVENTS_AT_ONCE", "share.FOLDS_MAX")
        for name, size in zip(names, sizes, strict=True):
            monkeypatch.setattr(f"projections.{name}", size)
        built = rebuild(valkey.url, house.log, at=int(NOW))
        assert contents(valkey, built.marker.generation) == written
        # What goes on in a later piece is written there, and only there.
        assert (built.events, built.documents) == (22, 7)

    @pytest.mark.parametrize("size", [2, 3])
    async def test_builds_the_same_bytes_with_a_crew(
        self, house: House, valkey: Valkey, tmp_path: Path, size: int
    ) -> None:
        """However many build, each stream is built by one of them, and all of it is built."""
        with crew(partial(open_log_for_reading, tmp_path), size) as builders:
            await filled(house)
            written = contents(valkey, 1)
            built = rebuild(valkey.url, house.log, at=int(NOW), crew=builders)
        assert contents(valkey, built.marker.generation) == written
        assert (built.events, built.documents) == (22, 7)

    async def test_tells_what_a_builder_has_met(
        self, house: House, valkey: Valkey, tmp_path: Path
    ) -> None:
        """What goes wrong in one of the crew goes wrong for all, and nothing is made current."""
        await filled(house)
        with (
            crew(partial(open_log_for_reading, tmp_path / "elsewhere"), 2) as builders,
            pytest.raises(LogUnavailable),
        ):
            rebuild(valkey.url, house.log, at=int(NOW), crew=builders)
        assert contents(valkey, 1) != {}

    async def test_tells_that_a_builder_has_lost_its_work(
        self, house: House, valkey: Valkey
    ) -> None:
        """What another rebuild has taken from one of the crew is lost, not a fault of ours."""

        def taken() -> SqliteReads:
            raise WorkLost

        await filled(house)
        with crew(taken, 2) as builders, pytest.raises(WorkLost, match="another rebuild"):
            rebuild(valkey.url, house.log, at=int(NOW), crew=builders)

    async def test_notices_a_builder_that_died(
        self, house: House, valkey: Valkey, tmp_path: Path
    ) -> None:
        """A crew that has lost somebody builds nothing."""
        await filled(house)
        with crew(partial(open_log_for_reading, tmp_path), 2) as builders:
            for process in multiprocessing.active_children():
                process.kill()
                process.join()
            with pytest.raises(WorkLost):
                rebuild(valkey.url, house.log, at=int(NOW), crew=builders)

    async def test_moves_a_running_service(self, house: House, valkey: Valkey) -> None:
        """The service moves to the new generation, forgets the old one, and is never down."""
        await filled(house)
        built = rebuild(valkey.url, house.log, at=int(NOW))
        name = await house.created()
        assert await house.is_shown(name)
        await eventually(lambda: house.runner.state().generation == built.marker.generation)
        assert await house.is_shown(name)
        assert len(await house.listed() or []) == 4
        await eventually(lambda: contents(valkey, 1) == {})

    async def test_goes_on_where_it_was_interrupted(
        self, house: House, valkey: Valkey, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A rebuild that was stopped is taken up again and comes to the same."""
        await filled(house)
        written = contents(valkey, 1)
        monkeypatch.setattr("projections.rebuild.STRETCH", 4)
        seen: list[int] = []
        with pytest.raises(RebuildStopped):
            rebuild(
                valkey.url,
                house.log,
                at=int(NOW),
                progress=lambda done, _: seen.append(done),
                stopped=lambda: len(seen) == 2,
            )
        built = rebuild(valkey.url, house.log, at=int(NOW))
        assert 0 < built.events < 22
        assert contents(valkey, built.marker.generation) == written

    async def test_tells_its_caller_how_far_it_is(self, house: House, valkey: Valkey) -> None:
        """A rebuild beside the service tells which positions are done."""
        await filled(house)
        reached: list[int] = []
        await builder(valkey.url, house.log, lambda: NOW)(reached.append)
        assert reached == [22]

    async def test_ends_with_its_caller(self, house: House, valkey: Valkey) -> None:
        """A rebuild beside the service that is given up ends and makes nothing current."""
        await filled(house)
        scanning, go_on, ended = threading.Event(), threading.Event(), threading.Event()

        class Slow:
            log_id, history, end = house.log.log_id, house.log.history, house.log.end
            heads = house.log.heads

            def scan(
                self, after: int, until: int | None, batch: int, share: tuple[int, int] = (0, 1)
            ) -> Iterator[list[Recorded]]:
                scanning.set()
                go_on.wait(5)
                try:
                    yield from house.log.scan(after, until, batch, share)
                finally:
                    ended.set()

        build = asyncio.ensure_future(builder(valkey.url, Slow(), lambda: NOW)(lambda _: None))
        await eventually(scanning.is_set)
        build.cancel()
        await eventually(build.done)
        go_on.set()
        await eventually(ended.is_set)
        with valkey.client() as client:
            begun = Marker.read(client.get(BUILDING))
        assert begun is not None
        assert begun.position == 0

    async def test_begins_again_where_redis_died(self, house: House, valkey: Valkey) -> None:
        """A Redis that dies and comes back empty costs the work so far, and nothing else."""
        await filled(house)
        written = contents(valkey, 1)
        await house.runner.stop()
        deaths: list[int] = []

        def die_once(position: int, _of: int) -> None:
            if not deaths:
                deaths.append(position)
                valkey.kill()
                valkey.start()

        built = rebuild(valkey.url, house.log, at=int(NOW), progress=die_once)
        assert contents(valkey, built.marker.generation) == written
        assert len(deaths) == 1


class TestLog:
    async def test_an_account_has_no_views(self, house: House) -> None:
        """Events that nothing shows are passed over, and do not hold the marker up."""
        event = AccountCreated(account_id=a.ACCT, at=a.AT)
        await house.log.append([Append(a.ACCT, 0, [event])], SYSTEM)
        await eventually(lambda: house.runner.state().position == 1)

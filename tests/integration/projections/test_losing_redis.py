"""The promises of the read model while Redis loses what it held."""

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from projections.backoff import FIRST_S
from projections.building import builder
from projections.keys import MARKER, Marker
from projections.runner import RunnerState
from tests import histories as a
from tests.eventually import eventually
from tests.read_model import NOW, OWNER, House, house
from tests.valkey import Valkey


def marker(valkey: Valkey) -> Marker | None:
    """Return what Redis says is whole."""
    with valkey.client() as client:
        return Marker.read(client.get(MARKER))


def whole_up_to(valkey: Valkey) -> int:
    found = marker(valkey)
    return -1 if found is None else found.position


class TestSteadyState:
    async def test_a_view_is_there_as_soon_as_it_is_written(self, house: House) -> None:
        """What a request projects is read at once, and the runner reads nothing."""
        name = await house.created()
        assert await house.is_shown(name)
        assert await house.listed() == [name]
        assert house.runner.state().lag == 0

    async def test_the_marker_follows(self, house: House, valkey: Valkey) -> None:
        """The checkpoint moves along behind the requests."""
        await house.created()
        await eventually(lambda: whole_up_to(valkey) == 1)

    async def test_fills_what_a_request_has_not_projected(self, house: House) -> None:
        """An event whose request died before it was projected is projected all the same."""
        lost = await house.created(projects=False)
        kept = await house.created()
        await eventually(lambda: house.is_shown(lost))
        assert await house.listed() == [kept, lost]
        await eventually(lambda: house.runner.state().lag == 0)

    async def test_knows_nothing_of_other_owners(self, house: House) -> None:
        """A view is found by its owner only; odd names are merely unknown."""
        name = await house.created()
        other = type(OWNER)(OWNER.account, livemode=True)
        assert await house.model.views.get(other, name) is None
        assert await house.model.views.get(OWNER, "/setup_intents") is None
        assert await house.model.views.get(OWNER, "\ud800") is None


class TestAnotherLayout:
    async def test_is_built_anew(self, house: House, valkey: Valkey) -> None:
        """Views that an older release has written are not read, and replaced at once."""
        name = await house.created()
        await eventually(lambda: whole_up_to(valkey) == 1)
        before = marker(valkey)
        assert before is not None
        with valkey.client() as client:
            client.set(MARKER, f"{before.generation} {before.log} {before.position}")
        await eventually(lambda: whole_up_to(valkey) == 1)
        await eventually(house.listed)
        assert await house.listed() == [name]
        after = marker(valkey)
        assert after is not None
        assert after.generation > before.generation


class TestBeingAwaited:
    async def test_is_told_once(self, house: House, valkey: Valkey) -> None:
        """However often Redis is asked in vain, one line says so, and one that it is there."""
        with capture_logs() as lines:
            valkey.kill()
            await eventually(lambda: house.runner._backoff._next_s > 16 * FIRST_S)
            valkey.start()
            await eventually(lambda: house.runner.state().whole)
        told = [line["event"] for line in lines if "refused" in line.get("reason", "refused")]
        assert told.count("views.awaited") == 1
        assert told.count("views.whole") == 1

    async def test_is_told_again_where_it_is_lost_again(self, house: House, valkey: Valkey) -> None:
        """What is over and comes back is news."""
        with capture_logs() as lines:
            for _ in range(2):
                valkey.kill()
                await eventually(lambda: not house.runner.state().whole)
                valkey.start()
                await eventually(lambda: house.runner.state().whole)
        told = [line["event"] for line in lines]
        assert told.count("views.whole") == 2
        assert "views.awaited" in told[told.index("views.whole") :]


class TestFlush:
    async def test_comes_back(self, house: House, valkey: Valkey) -> None:
        """After FLUSHALL every view and list returns, byte for byte, without being asked for."""
        names = [await house.created() for _ in range(20)]
        with valkey.client() as client:
            client.flushall()
        await eventually(lambda: whole_up_to(valkey) == 20)
        await eventually(house.listed)
        assert await house.listed() == names[::-1]
        for name in names:
            assert await house.is_shown(name)

    async def test_is_never_read_as_emptiness(self, house: House, valkey: Valkey) -> None:
        """Right after a flush a list is unavailable, not empty, and a view unknown."""
        name = await house.created()
        with valkey.client() as client:
            client.flushall()
        assert await house.listed() in (None, [name])
        assert await house.model.views.get(OWNER, name) in (None, await house.expected(name))

    async def test_tells_how_far_it_is(
        self, house: House, valkey: Valkey, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """While everything is built anew, the lag is what is still to be built."""
        for _ in range(3):
            await house.created()
        build = builder(valkey.url, house.log, lambda: NOW)
        states: list[RunnerState] = []

        async def watched(reached: Callable[[int], None]) -> None:
            for done in range(3):
                states.append(house.runner.state())
                reached(done + 1)
            await build(reached)

        monkeypatch.setattr(house.runner._recovery, "_build", watched)
        with valkey.client() as client:
            client.flushall()
        await eventually(lambda: states and house.runner.state().whole)
        assert [(state.whole, state.position, state.lag) for state in states[:3]] == [
            (False, 0, 3),
            (False, 1, 2),
            (False, 2, 1),
        ]


class TestCrash:
    async def test_writes_go_on_and_views_come_back(self, house: House, valkey: Valkey) -> None:
        """With no server at all the log takes events; they are shown when one is back."""
        before = await house.created()
        valkey.kill()
        during = await house.created()
        assert await house.model.views.get(OWNER, before) is None
        assert await house.listed() is None
        valkey.start()
        await eventually(lambda: house.is_shown(during))
        assert await house.listed() == [during, before]

    async def test_a_server_that_hangs_is_done_without(self, house: House, valkey: Valkey) -> None:
        """While the server is stopped callers get a miss; when it goes on, views are right."""
        name = await house.created()
        assert valkey.process is not None
        os.kill(valkey.process.pid, signal.SIGSTOP)
        try:
            assert await house.model.views.get(OWNER, name) is None
            await house.happens(name, a.CANCELED)
        finally:
            os.kill(valkey.process.pid, signal.SIGCONT)
        await eventually(lambda: house.is_shown(name))

    async def test_an_older_dump_is_brought_up_to_date(
        self, house: House, valkey: Valkey, tmp_path: Path
    ) -> None:
        """A server that comes back with yesterday's views is not believed before they are new."""
        name = await house.created()
        await eventually(lambda: whole_up_to(valkey) == 1)
        with valkey.client() as client:
            client.save()
        shutil.copy(valkey.directory / "dump.rdb", tmp_path / "old.rdb")
        await house.happens(name, a.CANCELED)
        later = await house.created()
        await eventually(lambda: whole_up_to(valkey) == 3)
        valkey.kill()
        shutil.copy(tmp_path / "old.rdb", valkey.directory / "dump.rdb")
        valkey.start()
        assert await house.model.views.get(OWNER, name) in (None, await house.expected(name))
        await eventually(lambda: house.is_shown(name))
        assert await house.listed() == [later, name]

    async def test_a_process_that_died_before_projecting(
        self, tmp_path: Path, valkey: Valkey
    ) -> None:
        """What one process appended and did not project, the next one does before it reads."""
        async with house(tmp_path / "log", valkey) as first:
            await first.runner.until_whole()
            name = await first.created()
            await first.runner.stop()
            await first.happens(name, a.CANCELED, projects=False)
        async with house(tmp_path / "log", valkey) as second:
            await second.runner.until_whole()
            assert await second.is_shown(name)

    async def test_another_log_is_not_believed(self, tmp_path: Path, valkey: Valkey) -> None:
        """Views of another log, or of more than the log holds, are built anew."""
        async with house(tmp_path / "one", valkey) as one:
            await one.runner.until_whole()
            await one.created()
            await eventually(lambda: whole_up_to(valkey) == 1)
        async with house(tmp_path / "two", valkey) as two:
            await two.runner.until_whole()
            assert await two.listed() == []

import asyncio
import os
import signal
from pathlib import Path

import pytest
import redis.asyncio

from projections.binary import NoServerFound, find_server
from projections.embedded import EmbeddedServer
from projections.launching import SNAPSHOT, SOCKET, ServerUnusable
from service.config import Settings
from service.runtime.parts import redis_url
from service.sockets import PATH_BYTES_MAX, socket_in
from tests.eventually import eventually
from tests.valkey import answers, held_up


class TestEmbeddedServer:
    async def test_answers_once_it_is_started(self, tmp_path: Path) -> None:
        """After start the server answers; after stop nobody does."""
        server = EmbeddedServer(tmp_path)
        await server.start()
        assert answers(socket_in(tmp_path, SOCKET))
        await server.stop()
        assert not answers(socket_in(tmp_path, SOCKET))

    async def test_is_reached_whatever_its_directory_is_called(self, tmp_path: Path) -> None:
        """The address leads to the server where the path has signs that a URL has not."""
        server = EmbeddedServer(tmp_path / "50% a#b?c")
        await server.start()
        async with redis.asyncio.Redis.from_url(server.url) as client:
            assert await client.ping()
        await server.stop()

    async def test_comes_back_when_it_dies(self, tmp_path: Path) -> None:
        """A killed server is replaced by another, at the same address."""
        server = EmbeddedServer(tmp_path)
        await server.start()
        first = server.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        await eventually(lambda: server.pid != first and answers(socket_in(tmp_path, SOCKET)))
        await server.stop()

    async def test_runs_in_a_session_of_its_own(self, tmp_path: Path) -> None:
        """What the terminal sends to us does not reach the server."""
        server = EmbeddedServer(tmp_path)
        await server.start()
        assert server.pid is not None
        assert os.getsid(server.pid) == server.pid
        await server.stop()

    async def test_ends_what_a_killed_predecessor_left(self, tmp_path: Path) -> None:
        """A server whose starter is gone makes place for the next."""
        first, second = EmbeddedServer(tmp_path), EmbeddedServer(tmp_path)
        await first.start()
        # The predecessor was killed: nobody restarts its server.
        first._stopping.set()
        await second.start()
        assert second.pid != first.pid
        assert answers(socket_in(tmp_path, SOCKET))
        await second.stop()
        await first.stop()

    async def test_leaves_no_snapshot_unfinished(self, tmp_path: Path) -> None:
        """What a server was killed over, before or while it was stopped, is taken away."""
        unfinished = tmp_path / "temp-77.rdb"
        unfinished.touch()
        server = EmbeddedServer(tmp_path)
        await server.start()
        assert not unfinished.exists()
        assert server.pid is not None
        os.kill(server.pid, signal.SIGSTOP)
        unfinished.touch()
        await server.stop(within_s=0.01)
        assert not unfinished.exists()
        assert not answers(socket_in(tmp_path, SOCKET))

    async def test_puts_an_unreadable_snapshot_aside(self, tmp_path: Path) -> None:
        """A broken snapshot does not keep the server from starting."""
        (tmp_path / "views.rdb").write_bytes(b"REDIS0011 not a snapshot at all")
        server = EmbeddedServer(tmp_path)
        await server.start()
        assert answers(socket_in(tmp_path, SOCKET))
        assert (tmp_path / "views.unreadable").exists()
        await server.stop()

    async def test_says_why_it_cannot_start(self, tmp_path: Path) -> None:
        """A server that ends at once is told of with what it said last."""
        false = tmp_path / "server"
        false.write_text("#!/bin/sh\necho no luck today\nexit 1\n")
        false.chmod(0o755)
        with pytest.raises(ServerUnusable, match="no luck today"):
            await EmbeddedServer(tmp_path / "views", false).start()

    async def test_says_why_it_cannot_be_run(self, tmp_path: Path) -> None:
        """A server that is no program for this machine is told of in a sentence."""
        (tmp_path / "server").write_bytes(b"neither ELF nor a script")
        (tmp_path / "server").chmod(0o755)
        with pytest.raises(ServerUnusable, match="cannot be run"):
            await EmbeddedServer(tmp_path / "views", tmp_path / "server").start()

    async def test_says_what_stands_in_its_way(self, tmp_path: Path) -> None:
        """A file where the views should be is named."""
        (tmp_path / "views").touch()
        with pytest.raises(ServerUnusable, match="views, cannot be made: File exists"):
            await EmbeddedServer(tmp_path / "views").start()


class TestServerThatHasMuchToRead:
    @pytest.fixture(name="slow")
    def _slow(self, tmp_path: Path) -> Path:
        """A server that is not ready before there is a file beside it."""
        return held_up(tmp_path)

    async def test_is_not_waited_for_any_longer(self, tmp_path: Path, slow: Path) -> None:
        """A start goes on without it, and it is there when it has read everything."""
        server = EmbeddedServer(tmp_path / "views", slow)
        await server.start(within_s=0.01)
        assert not answers(socket_in(tmp_path / "views", SOCKET))
        slow.with_suffix(".read").touch()
        await eventually(lambda: answers(socket_in(tmp_path / "views", SOCKET)))
        await server.stop()

    async def test_ends_when_it_is_stopped(self, tmp_path: Path, slow: Path) -> None:
        """Whoever stops it waits for nothing that it still reads."""
        server = EmbeddedServer(tmp_path / "views", slow)
        await server.start(within_s=0.01)
        await eventually(lambda: server.pid is not None)
        await server.stop()
        assert server.pid is not None
        with pytest.raises(ProcessLookupError):
            os.kill(server.pid, 0)

    async def test_ends_when_its_start_is_given_up(self, tmp_path: Path, slow: Path) -> None:
        """A start that is broken off leaves no server behind, and the snapshot as it was."""
        snapshot = tmp_path / "views" / SNAPSHOT
        snapshot.parent.mkdir()
        snapshot.write_bytes(b"much")
        server = EmbeddedServer(snapshot.parent, slow)
        starting = asyncio.create_task(server.start())
        await eventually(lambda: server.pid is not None)
        starting.cancel()
        await server.stop()
        assert server.pid is not None
        with pytest.raises(ProcessLookupError):
            os.kill(server.pid, 0)
        assert [file.name for file in snapshot.parent.iterdir()] == [SNAPSHOT]

    async def test_keeps_nobody_from_serving(
        self, tmp_path: Path, slow: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is built on the views is begun before they are there."""
        monkeypatch.setattr("projections.embedded.find_server", lambda: slow)
        monkeypatch.setattr("service.runtime.parts.REDIS_AWAITED_S", 0.01)
        async with redis_url(Settings(data_dir=tmp_path)):
            assert not slow.with_suffix(".read").exists()

    async def test_is_given_another_snapshot_where_it_cannot_read_one_later(
        self, tmp_path: Path
    ) -> None:
        """A snapshot that turns out to be broken at a restart is put aside as well."""
        server = EmbeddedServer(tmp_path)
        await server.start()
        first = server.pid
        assert first is not None
        (tmp_path / "views.rdb").write_bytes(b"REDIS0011 not a snapshot at all")
        os.kill(first, signal.SIGKILL)
        await eventually((tmp_path / "views.unreadable").exists)
        await eventually(lambda: answers(socket_in(tmp_path, SOCKET)))
        await server.stop()


class TestWhereItListens:
    def test_is_beside_the_views(self) -> None:
        """A short path is used as it is."""
        assert socket_in(Path("/srv/seti"), SOCKET) == Path("/srv/seti/valkey.sock")

    def test_is_private_where_the_path_is_too_long(self, tmp_path: Path) -> None:
        """A path that no socket can have is replaced by a short one, always the same."""
        long = tmp_path / ("x" * PATH_BYTES_MAX)
        assert len(os.fsencode(socket_in(long, SOCKET))) <= PATH_BYTES_MAX
        assert socket_in(long, SOCKET) == socket_in(long, SOCKET)
        assert socket_in(long, SOCKET).parent.stat().st_mode & 0o077 == 0
        socket_in(long, SOCKET).parent.rmdir()


class TestWhichServer:
    def test_is_the_packaged_one(self) -> None:
        """The server that came as a package is found without the PATH."""
        assert find_server().name == "valkey-server"

    def test_is_one_on_the_path_otherwise(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without the package a server on the PATH serves; without any, all ways are named."""
        monkeypatch.setattr("projections.binary.find_spec", lambda _: None)
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(NoServerFound, match="SETI_REDIS_URL"):
            find_server()
        server = tmp_path / "redis-server"
        server.touch(mode=0o755)
        assert find_server() == server

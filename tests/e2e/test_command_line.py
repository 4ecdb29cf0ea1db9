"""The commands as an operator types them: what they print and how they end."""

import json
import signal
import socket
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from stripe import StripeClient

from service import config
from tests.server import PUBLISHABLE_KEY, SECRET_KEY, Server


@pytest.fixture(name="server")
async def _server(tmp_path: Path) -> AsyncIterator[Server]:
    server = Server(tmp_path / "data")
    await server.start()
    yield server
    server.kill()


def _client(server: Server) -> StripeClient:
    return StripeClient(SECRET_KEY, base_addresses={"api": server.url})


def _saved_card(server: Server) -> str:
    intent = _client(server).v1.setup_intents.create(
        {
            "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
            "confirm": True,
            "payment_method": "pm_card_visa",
        }
    )
    assert intent.status == "succeeded"
    return intent.id


class TestServe:
    async def test_stops_at_sigterm_and_sigint(self, server: Server) -> None:
        """Both ways to ask for a stop drain and end with exit code 0."""
        assert server.stop(signal.SIGTERM) == 0
        await server.start()
        assert server.stop(signal.SIGINT) == 0

    async def test_finds_everything_again(self, server: Server) -> None:
        """A second start finds what the first left, under the same keys."""
        intent = _saved_card(server)
        server.stop()
        await server.start()
        assert _client(server).v1.setup_intents.retrieve(intent).status == "succeeded"

    async def test_refuses_a_port_in_use(self, tmp_path: Path) -> None:
        """A port that somebody listens on is told in one line with exit code 2."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            server = Server(tmp_path / "data", port=taken.getsockname()[1])
            _refused(server, str(server.port))

    async def test_refuses_a_directory_in_use(self, server: Server, tmp_path: Path) -> None:
        """A second server on one data directory is refused, and the first goes on."""
        _refused(Server(tmp_path / "data"), "in use")
        assert _saved_card(server)

    async def test_refuses_a_directory_it_cannot_write(self, tmp_path: Path) -> None:
        """A data directory that cannot be made is told in one line with exit code 2."""
        (tmp_path / "file").write_text("")
        _refused(Server(tmp_path / "file" / "data"), str(tmp_path / "file"))

    async def test_refuses_an_unknown_setting(self, tmp_path: Path) -> None:
        """A misspelt setting is told by its name with exit code 2."""
        _refused(Server(tmp_path / "data", settings={"SETI_PROT": "1"}), "SETI_PROT")


def _refused(server: Server, because: str) -> None:
    ended = server.run("serve")
    assert ended.returncode == 2
    assert ended.stderr.startswith("seti: ")
    assert ended.stderr.count("\n") == 1, ended.stderr
    assert because in ended.stderr


class TestKeys:
    async def test_prints_the_keys(self, server: Server) -> None:
        """The keys are printed as settings, ready for a shell."""
        assert server.run("keys").stdout.splitlines() == [
            f"SETI_SECRET_KEY={SECRET_KEY}",
            f"SETI_PUBLISHABLE_KEY={PUBLISHABLE_KEY}",
        ]

    async def test_makes_them_where_none_are_set(self, tmp_path: Path) -> None:
        """Without settings, the first start makes keys, and the master key is its owner's."""
        server = Server(tmp_path / "data", {"SETI_SECRET_KEY": "", "SETI_PUBLISHABLE_KEY": ""})
        await server.start()
        made = server.run("keys").stdout
        server.stop()
        assert made.startswith("SETI_SECRET_KEY=sk_test_")
        assert made == server.run("keys").stdout
        mode = stat.S_IMODE((server.data_dir / "master.key").stat().st_mode)
        assert mode == stat.S_IRUSR | stat.S_IWUSR


class TestHistory:
    async def test_tells_what_happened(self, server: Server) -> None:
        """The history of a saved card is its creation, its attempt and its success."""
        told = json.loads(server.run("history", _saved_card(server), "--json").stdout)
        assert [event["type"] for event in told["events"]] == [
            "SetupIntentCreated",
            "SetupAttemptStarted",
            "SetupIntentSucceeded",
        ]
        assert told["object"]["status"] == "succeeded"

    async def test_shows_a_table(self, server: Server) -> None:
        """Without --json, the events are a table and the object follows, without its secret."""
        shown = server.run("history", _saved_card(server)).stdout
        assert "SetupIntentSucceeded" in shown
        assert "_secret_" not in shown

    async def test_knows_nothing_before_the_beginning(self, server: Server) -> None:
        """As of a time before the object was made there is nothing, and exit code 1."""
        ended = server.run("history", _saved_card(server), "--at", "2020-01-01")
        assert ended.returncode == 1
        assert "nothing happened" in ended.stderr


class TestRebuild:
    async def test_finds_no_difference(self, server: Server) -> None:
        """The views that requests wrote are those that the log gives, and stay so."""
        _saved_card(server)
        checked = server.run("rebuild", "--check")
        assert checked.returncode == 0, checked.stdout + checked.stderr
        assert "0 differences" in checked.stdout
        assert server.run("rebuild").returncode == 0
        assert server.run("rebuild", "--check").returncode == 0


class TestSmoke:
    async def test_prints_the_trail(self, server: Server) -> None:
        """A smoke run saves a card, waits for the news and prints each step."""
        ended = server.run("smoke")
        assert ended.returncode == 0, ended.stderr
        for step in ("subscribe", "create", "confirm", "retrieve", "delivery"):
            assert step in ended.stdout

    async def test_fails_where_nobody_listens(self, tmp_path: Path) -> None:
        """Without a server, the smoke run says so with exit code 1."""
        (tmp_path / "data").mkdir()
        ended = Server(tmp_path / "data", {"SETI_MASTER_KEY": "m" * 32}).run("smoke")
        assert ended.returncode == 1
        assert "no answer" in ended.stderr


def test_drains_within_ten_seconds() -> None:
    """The drain is bounded below what a supervisor waits for."""
    assert config.DRAIN_S < 10

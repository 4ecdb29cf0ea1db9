"""What may be typed, and what is said where it may not."""

from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service import cli
from service.cli.deliveries import list_all
from service.cli.history import history
from service.cli.spans import instant_of
from service.config import CannotStart


class TestInstant:
    @pytest.mark.parametrize(
        ("text", "at"),
        [
            ("1767225600", 1_767_225_600),
            ("2026-01-01T00:00:00Z", 1_767_225_600),
            ("2026-01-01T01:00:00+01:00", 1_767_225_600),
            ("2026-01-01T00:00:00.5Z", 1_767_225_600),
        ],
    )
    def test_reads(self, text: str, at: int) -> None:
        """Unix seconds and RFC 3339 are read, in seconds."""
        assert instant_of(text) == at

    @pytest.mark.parametrize("text", ["yesterday", "2026-01-01", "2026-01-01T00:00:00", "", "-1"])
    def test_refuses_anything_else(self, text: str) -> None:
        """What is no instant, or somebody's own without an offset, is refused with an example."""
        with pytest.raises(CannotStart, match=r"^--at: .*2026-01-31T12:00:00Z"):
            instant_of(text)


class TestHelp:
    def test_lists_every_command(self) -> None:
        """`seti --help` names every command."""
        shown = CliRunner().invoke(cli.app, ["--help"]).output
        for command in ("serve", "rebuild", "history", "keys", "smoke"):
            assert command in shown

    def test_begins_with_what_comes_first(self) -> None:
        """Who asks what there is reads of `serve` before anything else."""
        listed = CliRunner().invoke(cli.app, ["--help"]).output.partition("Commands")[2]
        assert listed.split()[2] == "serve"

    @pytest.mark.parametrize("command", ["listen", "smoke", "forget"])
    def test_tells_callers_from_servers(self, command: str) -> None:
        """What a server listens on is an address to call, for what calls it."""
        shown = CliRunner().invoke(cli.app, [command, "--help"]).output
        assert "Port that the server" in shown
        assert "any free one" not in shown


class TestVersion:
    def test_is_told(self) -> None:
        """`seti --version` is one line, with the version that is installed."""
        shown = CliRunner().invoke(cli.app, ["--version"]).output
        assert shown == f"seti {version('seti')}\n"


class TestHistory:
    @pytest.mark.parametrize("object_id", ["seti_1\n", "seti_\udcff"])
    def test_refuses_what_is_no_id(self, object_id: str) -> None:
        """What cannot be printed cannot be an id, and is not said again."""
        with pytest.raises(CannotStart, match=r"^ID: "):
            history(object_id)

    @pytest.mark.parametrize("at", ["yesterday", "2026-01-01", "v0", "2999-01-01T00:00:00Z"])
    def test_refuses_what_is_no_moment(self, at: str) -> None:
        """What is no moment, or one to come, is refused by the flag's name."""
        with pytest.raises(CannotStart, match=r"^--at: "):
            history("seti_1", at=at)


class TestDeliveries:
    @pytest.mark.parametrize("limit", ["many", "-3", "1.5"])
    def test_refuses_what_is_no_limit(self, limit: str) -> None:
        """A limit is a number of deliveries, and is asked for as one."""
        with pytest.raises(CannotStart, match=r"^--limit: expected how many"):
            list_all(limit=limit)


class TestWithoutALog:
    @pytest.mark.parametrize(
        "command",
        ["history seti_1", "rebuild", "rebuild --check", "backup {}", "accounts list", "keys list"],
    )
    def test_says_that_there_is_none(self, tmp_path: Path, command: str) -> None:
        """Who names a directory where no server has been is told so, before anything else."""
        words = [*command.format(tmp_path / "backup").split(), "--data-dir", str(tmp_path)]
        ended = CliRunner().invoke(cli.app, words)
        assert isinstance(ended.exception, CannotStart)
        assert str(ended.exception).startswith(f"There is no log at {tmp_path}/seti.sqlite3 yet")
        assert list(tmp_path.iterdir()) == []


class TestMain:
    def test_says_bad_settings_in_one_line(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A malformed flag is one line on stderr and exit code 2."""
        monkeypatch.setattr("sys.argv", ["seti", "serve", "--port", "many"])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        assert caught.value.code == 2
        said = capsys.readouterr().err
        assert said.startswith("seti: --port: expected a whole number")
        assert said.count("\n") == 1

"""Which server a command calls, and with which key."""

import pytest
import typer
from typer.testing import CliRunner

from service.cli.calling import Server, calling
from service.config import CannotStart

KEY = "sk_test_ofsomebodyelsesserver12345"


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SETI_PUBLIC_URL", "https://pay.example.com")
    monkeypatch.delenv("SETI_SECRET_KEY", raising=False)


class TestCalling:
    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ((), Server()),
            (("--host", "h", "--port", "1"), Server(host="h", port="1")),
            (("--data-dir", "d", "--api-key", "k"), Server(data_dir="d", api_key="k")),
        ],
    )
    def test_gives_a_command_its_server(self, typed: tuple[str, ...], expected: Server) -> None:
        """What says whom to call is typed after a command's own flags, and comes as one."""
        given: list[object] = []
        app = typer.Typer()

        @app.command()
        @calling
        def look(name: str, *, far: bool = False, server: Server) -> None:
            """Look around."""
            given.extend((name, far, server))

        assert CliRunner().invoke(app, ["n", "--far", *typed]).exit_code == 0
        assert given == ["n", True, expected]
        shown = CliRunner().invoke(app, ["--help"]).output
        assert "Look around." in shown
        assert "--server" not in shown


class TestServer:
    @pytest.mark.parametrize(
        ("host", "port", "url"),
        [
            (None, None, "http://127.0.0.1:12111"),
            (None, "80", "http://127.0.0.1:80"),
            ("0.0.0.0", None, "http://127.0.0.1:12111"),  # noqa: S104 - as a server may be told
            ("seti.internal", "8080", "http://seti.internal:8080"),
            ("https://seti.example/", None, "https://seti.example"),
            ("http://127.0.0.1:81", None, "http://127.0.0.1:81"),
        ],
    )
    def test_is_called_where_it_listens(self, host: str | None, port: str | None, url: str) -> None:
        """What browsers are sent to is not what an operator calls; a URL names any server."""
        assert Server(host=host, port=port, api_key=KEY).client().base_url == url

    @pytest.mark.parametrize("host", ["https://", "ftp://x", "https://u:p@x", "https://x?y", "://"])
    def test_has_a_url_that_can_be_called(self, host: str) -> None:
        """What cannot be called is refused by the flag's name."""
        with pytest.raises(CannotStart, match=r"^--host: expected http"):
            Server(host=host, api_key=KEY).client()

    def test_has_one_port(self) -> None:
        """A URL has its port in it."""
        with pytest.raises(CannotStart, match=r"^--port: "):
            Server(host="https://seti.example", port="443", api_key=KEY).client()


class TestKey:
    def test_of_a_log_here_is_not_shown_to_a_server_elsewhere(self) -> None:
        """Nobody's key is guessed for a server that a URL names."""
        with pytest.raises(CannotStart, match=r"^--api-key: "):
            Server(host="https://seti.example").client()

    def test_that_was_set_is_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The key of the settings opens the server that a URL names."""
        monkeypatch.setenv("SETI_SECRET_KEY", KEY)
        assert Server(host="https://seti.example").client().base_url

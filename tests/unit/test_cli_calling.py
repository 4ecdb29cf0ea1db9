"""Which server a command calls, and with which key."""

import pytest

from service.cli.calling import client_of
from service.config import CannotStart

KEY = "sk_test_ofsomebodyelsesserver12345"


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SETI_PUBLIC_URL", "https://pay.example.com")
    monkeypatch.delenv("SETI_SECRET_KEY", raising=False)


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
        assert client_of(host, port, None, KEY).base_url == url

    @pytest.mark.parametrize("host", ["https://", "ftp://x", "https://u:p@x", "https://x?y", "://"])
    def test_has_a_url_that_can_be_called(self, host: str) -> None:
        """What cannot be called is refused by the flag's name."""
        with pytest.raises(CannotStart, match=r"^--host: expected http"):
            client_of(host, None, None, KEY)

    def test_has_one_port(self) -> None:
        """A URL has its port in it."""
        with pytest.raises(CannotStart, match=r"^--port: "):
            client_of("https://seti.example", "443", None, KEY)


class TestKey:
    def test_of_a_log_here_is_not_shown_to_a_server_elsewhere(self) -> None:
        """Nobody's key is guessed for a server that a URL names."""
        with pytest.raises(CannotStart, match=r"^--api-key: "):
            client_of("https://seti.example", None, None, None)

    def test_that_was_set_is_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The key of the settings opens the server that a URL names."""
        monkeypatch.setenv("SETI_SECRET_KEY", KEY)
        assert client_of("https://seti.example", None, None, None).base_url

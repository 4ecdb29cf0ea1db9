"""Settings: what is read, from where, and what is refused in which words."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from service.config import LOOPBACK, BadSetting, Settings

GOOD = [
    ("SETI_HOST", "0.0.0.0", "host", "0.0.0.0"),  # noqa: S104 - a setting, not a socket
    ("SETI_HOST", "::1", "host", "::1"),
    ("SETI_PORT", "0", "port", 0),
    ("SETI_PORT", " 65535 ", "port", 65535),
    ("SETI_DATA_DIR", "/srv/seti", "data_dir", Path("/srv/seti")),
    ("SETI_DATABASE_URL", "sqlite:///log.db", "database_path", Path("log.db")),
    ("SETI_DATABASE_URL", "sqlite:////srv/log.db", "database_path", Path("/srv/log.db")),
    ("SETI_REDIS_URL", "redis://cache:6379/0", "redis_url", "redis://cache:6379/0"),
    ("SETI_REDIS_URL", "unix:///run/redis.sock", "redis_url", "unix:///run/redis.sock"),
    ("SETI_SECRET_KEY", "sk_test_0123456789abcdef", "secret_key", "sk_test_0123456789abcdef"),
    ("SETI_MASTER_KEY", "ab" * 32, "master_key", b"\xab" * 32),
    ("SETI_MASTER_KEY", "AAAA" * 11, "master_key", b"\0" * 33),
    ("SETI_MASTER_KEY", "_-__" * 11, "master_key", b"\xff\xef\xff" * 11),
    ("SETI_MASTER_KEY", "a sentence of enough length, yes", "master_key", None),
    ("SETI_RETRY_SCHEDULE", "0, 0.5,30", "retry_schedule", (0.0, 0.5, 30.0)),
    ("SETI_WEBHOOK_ALLOW", "none", "webhook_allow", ()),
    ("SETI_WEBHOOK_ALLOW", "10.0.0.0/8", "webhook_allow", (ip_network("10.0.0.0/8"),)),
    ("SETI_PUBLIC_URL", "https://pay.example.com/", "public_url", "https://pay.example.com"),
    ("SETI_RATE_LIMIT_TEST", "25", "rate_limit_test", 25),
    ("SETI_RATE_LIMIT_LIVE", "0", "rate_limit_live", 0),
    ("SETI_LOG_LEVEL", "DEBUG", "log_level", "debug"),
]

BAD = [
    ("SETI_HOST", "a b", "a host name"),
    ("SETI_PORT", "-1", "a whole number from 0"),
    ("SETI_PORT", "65536", "a whole number from 0"),
    ("SETI_PORT", "\u0664", "a whole number from 0"),
    ("SETI_DATA_DIR", "a\0b", "the path of a directory"),
    ("SETI_DATABASE_URL", "postgresql://localhost/seti", "PostgreSQL comes with a later release"),
    ("SETI_DATABASE_URL", "sqlite:///", "sqlite:///relative/path"),
    ("SETI_REDIS_URL", "redis://", "redis://host:port/0"),
    ("SETI_REDIS_URL", "redis://host:many", "redis://host:port/0"),
    ("SETI_REDIS_URL", "localhost:6379", "redis://host:port/0"),
    ("SETI_SECRET_KEY", "sk_live_0123456789abcdef", "sk_test_ and at least 16"),
    ("SETI_PUBLISHABLE_KEY", "pk_test_short", "pk_test_ and at least 16"),
    ("SETI_MASTER_KEY", "too short", "at least 32 bytes"),
    ("SETI_RETRY_SCHEDULE", "0,soon", "waits in seconds"),
    ("SETI_RETRY_SCHEDULE", "nan", "waits in seconds"),
    ("SETI_RETRY_SCHEDULE", "259201", "waits in seconds"),
    ("SETI_WEBHOOK_ALLOW", "10.0.0.1/8", "networks, comma-separated"),
    ("SETI_PUBLIC_URL", "https://user@pay.example.com", "without a query"),
    ("SETI_PUBLIC_URL", "ftp://pay.example.com", "without a query"),
    ("SETI_RATE_LIMIT_TEST", "-1", "calls a second"),
    ("SETI_RATE_LIMIT_LIVE", "1000001", "calls a second"),
    ("SETI_RATE_LIMIT_LIVE", "0.5", "calls a second"),
    ("SETI_LOG_LEVEL", "loud", "one of debug"),
]


class TestRead:
    def test_has_defaults_for_all(self) -> None:
        """Nothing has to be set, and no secret has a default."""
        settings = Settings.read({"PATH": "/bin"})
        assert (settings.host, settings.port) == ("127.0.0.1", 12111)
        assert settings.database_path == Path("var/seti.sqlite3")
        assert settings.webhook_allow == LOOPBACK
        keys = (settings.secret_key, settings.publishable_key, settings.master_key)
        assert keys == (None, None, None)

    @pytest.mark.parametrize(("name", "text", "attribute", "value"), GOOD)
    def test_takes(self, name: str, text: str, attribute: str, value: object) -> None:
        """Each form of each setting is read as what it means."""
        expected = text.encode() if value is None else value
        assert getattr(Settings.read({name: text}), attribute) == expected

    @pytest.mark.parametrize(("name", "text", "expected"), BAD)
    def test_refuses(self, name: str, text: str, expected: str) -> None:
        """A malformed setting is refused with its name and with what was expected."""
        with pytest.raises(BadSetting) as caught:
            Settings.read({name: text})
        assert str(caught.value).startswith(f"{name}: expected ")
        assert expected in str(caught.value)

    def test_never_shows_what_was_given(self) -> None:
        """A malformed secret appears neither in the refusal nor in its causes."""
        with pytest.raises(BadSetting) as caught:
            Settings.read({"SETI_SECRET_KEY": "sk_test_secret!"})
        assert "secret!" not in str(caught.value)
        assert caught.value.__suppress_context__

    def test_counts_empty_as_absent(self) -> None:
        """An empty variable means the default."""
        assert Settings.read({"SETI_PORT": "", "SETI_REDIS_URL": " "}) == Settings()

    def test_lets_flags_win(self) -> None:
        """A flag goes over the environment, and a flag not given does not."""
        environ = {"SETI_PORT": "1", "SETI_HOST": "a"}
        settings = Settings.read(environ, {"port": "2", "host": None})
        assert (settings.host, settings.port) == ("a", 2)

    def test_names_a_flag_at_fault(self) -> None:
        """A malformed flag is refused under the flag's own name."""
        with pytest.raises(BadSetting, match=r"^--data-dir: expected"):
            Settings.read({}, {"data_dir": "a\0b"})


class TestUnknown:
    def test_suggests_the_nearest(self) -> None:
        """A misspelt setting is refused with the name that was meant."""
        with pytest.raises(BadSetting, match=r"SETI_DATADIR: no such setting.*SETI_DATA_DIR"):
            Settings.read({"SETI_DATADIR": "x"})

    def test_lists_all_where_none_is_near(self) -> None:
        """A name like no other is refused with all the names there are."""
        with pytest.raises(BadSetting, match=r"SETI_HOST.*SETI_WEBHOOK_ALLOW"):
            Settings.read({"SETI_QQQQQQ": "x"})


class TestDerived:
    def test_base_url_is_the_address_listened_on(self) -> None:
        """Without a public URL, people are sent to where the server listens."""
        assert Settings(port=80).base_url == "http://127.0.0.1:80"

    def test_base_url_of_a_wildcard_is_this_machine(self) -> None:
        """A wildcard address cannot be visited, so loopback stands in for it."""
        assert Settings(host="0.0.0.0").base_url == "http://127.0.0.1:12111"  # noqa: S104 - as above
        assert Settings(host="::").base_url == "http://[::1]:12111"

    def test_public_url_is_for_browsers(self) -> None:
        """People are sent to the public URL, and this machine calls where the server listens."""
        settings = Settings(public_url="https://pay.example.com")
        assert settings.base_url == "https://pay.example.com"
        assert settings.local_url == "http://127.0.0.1:12111"

    def test_ledger_lies_beside_the_log(self) -> None:
        """The deliveries' ledger follows the log to another directory."""
        settings = Settings(database_url="sqlite:////srv/log.db")
        assert settings.ledger_path == Path("/srv/ledger.sqlite3")

    def test_repr_shows_no_secret(self) -> None:
        """A settings object can be printed without printing a key."""
        shown = repr(Settings(secret_key="sk_test_x", master_key=b"m" * 32))
        assert "sk_test_x" not in shown
        assert "mmmm" not in shown

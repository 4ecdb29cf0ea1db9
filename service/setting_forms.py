"""
How each setting is written, and what is said to whoever writes it otherwise.

A parser takes the text, already stripped and never empty, and raises `ValueError`. The
text is never shown again: it may be a secret.
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

PORT_MAX: Final = 65535
RATE_MAX: Final = 1_000_000
MASTER_KEY_BYTES_MIN: Final = 32
SETTING_LENGTH_MAX: Final = 4096
RETRIES_MAX: Final = 32
SEAL_EVENTS_MAX: Final = 10_000
SEAL_SECONDS_MAX: Final = 3600
RETRY_WAIT_S_MAX: Final = 72 * 3600
LOG_LEVELS: Final = ("debug", "info", "warning", "error")

_SQLITE: Final = "sqlite:///"
_API_KEY: Final = "_test_[A-Za-z0-9]{16,200}"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a setting. *expected* finishes the sentence "expected …"."""

    parse: Callable[[str], Any]
    expected: str


def host(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9.:_-]{1,253}", text) is None:
        raise ValueError(text)
    return text


def whole_number(most: int) -> Callable[[str], int]:
    """Return the parser of a whole number from 0 to *most*."""

    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or int(text) > most:
            raise ValueError(text)
        return int(text)

    return parse


def between(least: int, most: int) -> Callable[[str], int]:
    """Return the parser of a whole number from *least* to *most*."""
    parse_most = whole_number(most)

    def parse(text: str) -> int:
        if (number := parse_most(text)) < least:
            raise ValueError(text)
        return number

    return parse


def directory(text: str) -> Path:
    if "\0" in text or len(text) > SETTING_LENGTH_MAX:
        raise ValueError(text)
    return Path(text).expanduser()


def database(text: str) -> str:
    path = text.removeprefix(_SQLITE)
    if path == text or not path or path.endswith("/") or "?" in path:
        raise ValueError(text)
    directory(path)
    return text


def path_of_database(database_url: str) -> Path:
    """Return the file: three slashes and a relative path, or four and an absolute one."""
    return directory(database_url.removeprefix(_SQLITE))


def redis(text: str) -> str:
    parts = urlsplit(text)
    _ = parts.port  # Raises where the port is not a number.
    where = {"redis": parts.hostname, "rediss": parts.hostname, "unix": parts.path}
    if not where.get(parts.scheme):
        raise ValueError(text)
    return text


def api_key(kind: str) -> Callable[[str], str]:
    """Return the parser of a test key of *kind* `"sk"` or `"pk"`."""

    def parse(text: str) -> str:
        if re.fullmatch(kind + _API_KEY, text) is None:
            raise ValueError(kind)
        return text

    return parse


def master_key(text: str) -> bytes:
    """
    Read hex, else base64, else the text itself: the first that gives 32 bytes or more.

    The order is part of the format: the same text must give the same key for ever.
    """
    for decode in (bytes.fromhex, _base64, str.encode):
        try:
            key: bytes = decode(text)
        except ValueError:
            continue
        if len(key) >= MASTER_KEY_BYTES_MIN:
            return key
    raise ValueError("too short")


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode(), validate=True)
    except binascii.Error:
        return base64.b64decode(text.encode(), altchars=b"-_", validate=True)


def schedule(text: str) -> tuple[float, ...]:
    waits = tuple(float(part) for part in text.split(","))
    if len(waits) > RETRIES_MAX or not all(0 <= wait <= RETRY_WAIT_S_MAX for wait in waits):
        raise ValueError(text)
    return waits


def networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Read networks in CIDR notation; the word `none` allows no more than the public ones."""
    if text == "none":
        return ()
    return tuple(ip_network(part.strip()) for part in text.split(","))


def url(text: str) -> str:
    parts = urlsplit(text)
    _ = parts.port  # As above.
    extra = parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme not in {"http", "https"} or not parts.hostname or extra:
        raise ValueError(text)
    return text.rstrip("/")


def log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise ValueError(text)
    return text.lower()


_RATE: Final = Form(
    whole_number(RATE_MAX), f"calls a second, a whole number from 0 (no limit) to {RATE_MAX}"
)

FORMS: Final[Mapping[str, Form]] = {
    "host": Form(host, "a host name or an IP address to listen on"),
    "port": Form(whole_number(PORT_MAX), f"a whole number from 0 (any free port) to {PORT_MAX}"),
    "data_dir": Form(directory, "the path of a directory"),
    "database_url": Form(
        database,
        "sqlite:///relative/path or sqlite:////absolute/path of a file"
        " (PostgreSQL comes with a later release)",
    ),
    "redis_url": Form(redis, "redis://host:port/0, rediss://host:port/0 or unix:///path"),
    "secret_key": Form(api_key("sk"), "sk_test_ and at least 16 letters or digits"),
    "publishable_key": Form(api_key("pk"), "pk_test_ and at least 16 letters or digits"),
    "master_key": Form(
        master_key, f"at least {MASTER_KEY_BYTES_MIN} bytes, written in hex, in base64 or as text"
    ),
    "retry_schedule": Form(
        schedule,
        f"at most {RETRIES_MAX} waits in seconds, comma-separated,"
        f" each from 0 to {RETRY_WAIT_S_MAX}, such as 0,5,30",
    ),
    "webhook_allow": Form(
        networks, "networks, comma-separated, such as 10.0.0.0/8,fd00::/8, or the word none"
    ),
    "public_url": Form(url, "http://… or https://… without a query"),
    "rate_limit_test": _RATE,
    "rate_limit_live": _RATE,
    "seal_key": Form(directory, "the path of a PEM file; `seti seal-key` makes one"),
    "seal_events": Form(
        between(1, SEAL_EVENTS_MAX), f"a whole number of events from 1 to {SEAL_EVENTS_MAX}"
    ),
    "seal_seconds": Form(
        between(1, SEAL_SECONDS_MAX), f"a whole number of seconds from 1 to {SEAL_SECONDS_MAX}"
    ),
    "attempts_kept_days": Form(between(1, 3650), "a whole number of days from 1 to 3650"),
    "log_level": Form(log_level, "one of " + ", ".join(LOG_LEVELS)),
}

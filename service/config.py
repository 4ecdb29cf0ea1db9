"""
What can be set, and every bound of the house. The only reader of the environment.

Each setting is one `SETI_…` variable, and a flag of `seti serve` where that makes sense; a
flag wins. An empty variable counts as absent. Names that start with `SETI_` and are not
known are refused, because a misspelt setting that is silently ignored is found in production.

Bounds that rooms share, or that an operator may want to know, stand below `Settings`, in the
unit that their name ends with. Those of Stripe's own shapes are declared in `wire`, and what
only one module needs beside what it bounds.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Final, Self, TypeAlias

from service import setting_forms as forms

PREFIX: Final = "SETI_"

Network: TypeAlias = IPv4Network | IPv6Network

LOOPBACK: Final[tuple[Network, ...]] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


class CannotStart(Exception):
    """
    What was asked for cannot begin. One sentence says why, and what to do about it.

    For whatever an operator can mend: a port in use, a directory that cannot be written.
    """


class BadSetting(CannotStart):
    """A setting is unknown or malformed. *name* is the variable or the flag, as given."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"{name}: {expected}.")
        self.name = name
        self.expected = expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """
    Everything that an operator decides, parsed and checked once.

    *database_url* is None for a SQLite file in *data_dir*, *redis_url* for the embedded
    server, *public_url* for the address listened on. Keys that are None are derived from the
    master key, and that is made at the first start. *retry_schedule* holds the wait before
    each attempt of a delivery, in seconds; None means the built-in ones. *webhook_allow*
    lists the networks that deliveries may reach although they are not public. *rate_limit_test*
    and *rate_limit_live* are the calls a second that an account may make in a mode; 0 is any.
    Attempts are kept for *attempts_kept_days*; what became of deliveries is kept for good.
    The log is sealed after *seal_events* and after *seal_seconds*, with the key in *seal_key*.
    """

    host: str = "127.0.0.1"
    port: int = 12111
    data_dir: Path = Path("var")
    database_url: str | None = None
    redis_url: str | None = None
    secret_key: str | None = field(default=None, repr=False)
    publishable_key: str | None = field(default=None, repr=False)
    master_key: bytes | None = field(default=None, repr=False)
    retry_schedule: tuple[float, ...] | None = None
    webhook_allow: tuple[Network, ...] = LOOPBACK
    public_url: str | None = None
    rate_limit_test: int = 0
    rate_limit_live: int = 100
    seal_key: Path | None = None
    seal_events: int = 1000
    seal_seconds: int = 10
    attempts_kept_days: int = 30
    log_level: str = "info"

    @classmethod
    def read(
        cls, environ: Mapping[str, str] = os.environ, flags: Mapping[str, str | None] | None = None
    ) -> Self:
        """Parse *environ*, and over it *flags* by field name, or raise `BadSetting`."""
        _refuse_unknown(environ)
        values: dict[str, Any] = {}
        for name in forms.FORMS:
            source, text = _given(name, environ, flags or {})
            if text:
                values[name] = _parse(name, source, text)
        return cls(**values)

    @property
    def database_path(self) -> Path:
        """The SQLite file that holds the log."""
        if self.database_url:
            return forms.path_of_database(self.database_url)
        return self.data_dir / "seti.sqlite3"

    @property
    def ledger_path(self) -> Path:
        """The SQLite file that holds the deliveries, beside the log."""
        return self.database_path.with_name("ledger.sqlite3")

    @property
    def seals_path(self) -> Path:
        """The file that holds the seals, beside the log."""
        return self.database_path.with_name("seals.ndjson")

    @property
    def base_url(self) -> str:
        """Where people's browsers reach us, without a trailing slash."""
        return self.public_url or self.local_url

    @property
    def local_url(self) -> str:
        """Where this machine reaches us, whatever stands between us and the world."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - a wildcard cannot be visited
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def _given(
    name: str, environ: Mapping[str, str], flags: Mapping[str, str | None]
) -> tuple[str, str]:
    """Return where the setting *name* was given, in the user's words, and its text."""
    flag = flags.get(name)
    if flag is not None:
        return f"--{name.replace('_', '-')}", flag.strip()
    variable = PREFIX + name.upper()
    return variable, environ.get(variable, "").strip()


def _parse(name: str, source: str, text: str) -> Any:
    form = forms.FORMS[name]
    try:
        return form.parse(text)
    except ValueError:
        raise BadSetting(source, f"expected {form.expected}") from None


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = [PREFIX + name.upper() for name in forms.FORMS]
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, n=3, cutoff=0.6) or known
            raise BadSetting(name, f"no such setting; the nearest are {', '.join(near)}")


# What comes in over HTTP.
BODY_BYTES_MAX: Final = 1024 * 1024
PAGE_FORM_BYTES_MAX: Final = 64 * 1024
BACKLOG_MAX: Final = 1024
HEAD_WAIT_S: Final = 30.0
BODY_WAIT_S: Final = 30.0
KEEP_ALIVE_S: Final = 75.0
BUCKETS_MAX: Final = 10_000

# Streams of the log: how many at once, the events read at a time, the longest silence, and how
# long their readers have to take their end when the server ends.
STREAMS_MAX: Final = 100
STREAM_PAGE: Final = 200
HEARTBEAT_S: Final = 15.0
STREAMS_END_S: Final = 1.0

# How long what is under way may go on after a SIGTERM: answers and deliveries at once, then
# the embedded server. All of it together is promised to take less than 10 s.
DRAIN_S: Final = 6.0
REDIS_STOP_S: Final = 3.0

# The command path and the log.
FOLDS_CACHED_MAX: Final = 50_000
PURGE_INTERVAL_S: Final = 600.0

# The read model, and how long may be looked for a page of what is few among very many.
REDIS_TIMEOUT_S: Final = 1.0
REDIS_START_S: Final = 5.0
EVENTS_LISTED_S: Final = 30 * 24 * 3600
CATCH_UP_BATCH: Final = 1000
REBUILD_BATCH: Final = 2000
LIST_LOOKS_S: Final = 10.0

# What goes out to subscribers.
ATTEMPTS_IN_FLIGHT_MAX: Final = 512
OUTCOMES_BATCH_MAX: Final = 200
OUTCOMES_WAIT_S: Final = 0.02
OUTCOMES_WAITING_MAX: Final = 1000
ATTEMPTS_PER_ENDPOINT_MAX: Final = 32
WINDOW_FIRST: Final = 4
BREAKER_FAILURES: Final = 5
PROBE_FIRST_S: Final = 10.0
PROBE_LONGEST_S: Final = 600.0
DELIVERIES_IN_MEMORY_MAX: Final = 10_000
FAN_OUT_BATCH: Final = 500
# Many endpoints may hear of one event: what they lead to is made without a pause, and is one
# transaction, which outcomes wait for.
FAN_OUT_DELIVERIES: Final = 2000
FAN_OUT_POLL_S: Final = 1.0
REPLAY_STEP: Final = 250
REPLAY_OPEN_MAX: Final = 500

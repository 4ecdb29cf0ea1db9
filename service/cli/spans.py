"""Spans of time, instants and positions, as they are typed."""

import re
from typing import Final

from service.config import CannotStart
from service.domain.moments import unix_seconds

_SPAN: Final = re.compile(r"([0-9]{1,9})([smhd]?)", re.ASCII)
_SECONDS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}


def seconds_of(text: str, flag: str = "--expires", *, hours_max: int | None = None) -> int:
    """Read the span of time that *flag* was given: `90`, `30m`, `24h`, `7d`."""
    span = _SPAN.fullmatch(text)
    if span is None:
        raise CannotStart(f"{flag}: expected a span of time such as 24h, not {text!r}.")
    seconds = int(span[1]) * _SECONDS[span[2]]
    if hours_max is not None and seconds > hours_max * _SECONDS["h"]:
        raise CannotStart(f"{flag}: expected {hours_max}h at most, not {text!r}.")
    return seconds


def instant_of(text: str, flag: str = "--at") -> int:
    """Read the instant that *flag* was given: Unix seconds, or RFC 3339 with an offset."""
    at = unix_seconds(text)
    if at is None:
        raise CannotStart(
            f"{flag}: expected Unix seconds or a time such as 2026-01-31T12:00:00Z, not {text!r}."
        )
    return at


def created_of(
    since: str | None, until: str | None, before: str = "--until"
) -> dict[str, int | None]:
    """Return the filter by when things were made: from `--since` on, up to the flag *before*."""
    return {
        "gte": None if since is None else instant_of(since, "--since"),
        "lt": None if until is None else instant_of(until, before),
    }


def position_of(text: str, flag: str) -> int:
    """Read the position in the log that *flag* was given."""
    return number_of(text, flag, "a position in the log, such as 17")


def number_of(text: str, flag: str, what: str) -> int:
    """Read the whole number that *flag* was given for *what*, which cannot be below 0."""
    if not (text.isascii() and text.isdigit()):
        raise CannotStart(f"{flag}: expected {what}, not {text!r}.")
    return int(text)

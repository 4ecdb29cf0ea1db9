"""
When an object is looked at: as of an instant, or as of one of its versions.

A moment cuts a history off, and what is left is what there was. An instant is a whole second
and includes all of it. Where the clock was put back in between, nothing is shown that it
called later than the instant: the first such event ends the history.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import takewhile
from math import floor
from typing import Final

from service.domain.recorded import Recorded
from service.domain.values import Value

_UNIX_SECONDS: Final = re.compile(r"[0-9]{1,12}", re.ASCII)
_VERSION: Final = re.compile(r"v([1-9][0-9]{0,17})", re.ASCII)
# A time without an offset is somebody's own, and nobody can tell whose.
_RFC_3339: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII
)


class Instant(Value, frozen=True):
    """The end of a second *at*, in Unix seconds."""

    at: int

    def includes(self, recorded: Recorded) -> bool:
        return recorded.event.at <= self.at


class Version(Value, frozen=True):
    """Right after the event *version* of an object's stream, whatever came with it."""

    version: int

    def includes(self, recorded: Recorded) -> bool:
        return recorded.version <= self.version


class Position(Value, frozen=True):
    """Right after the event at *position* of the log: for streams beside an object's own."""

    position: int

    def includes(self, recorded: Recorded) -> bool:
        return recorded.position <= self.position


Moment = Instant | Version | Position


def upto(moment: Moment, history: Iterable[Recorded]) -> Sequence[Recorded]:
    """Return what of *history*, a stream's or the log's, there was at *moment*."""
    return list(takewhile(moment.includes, history))


def moment_of(text: str, now: float) -> Instant | Version:
    """
    Read an instant (Unix seconds or RFC 3339) or a version (`v7`), as people name a moment.

    Raise `ValueError` with the end of a sentence where it is neither, or still to come *now*.
    """
    version = _VERSION.fullmatch(text)
    if version:
        return Version(int(version[1]))
    at = unix_seconds(text)
    if at is None:
        raise ValueError(
            "is no moment. Name one in Unix seconds, as a time such as 2026-01-31T12:00:00Z, or "
            "as a version such as v7."
        )
    if at > now:
        raise ValueError("is still to come.")
    return Instant(at)


def unix_seconds(text: str) -> int | None:
    """Read Unix seconds, or RFC 3339 with an offset; None where *text* is no such instant."""
    if _UNIX_SECONDS.fullmatch(text):
        return int(text)
    if not _RFC_3339.fullmatch(text):
        return None
    try:
        return floor(datetime.fromisoformat(text.upper()).timestamp())
    except (OverflowError, ValueError):
        return None

"""Spans of time, as they are typed."""

import re
from typing import Final

from service.config import CannotStart

_SPAN: Final = re.compile(r"([0-9]{1,9})([smhd]?)", re.ASCII)
_SECONDS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}


def seconds_of(text: str, flag: str = "--expires") -> int:
    """Read the span of time that *flag* was given: `90`, `30m`, `24h`, `7d`."""
    span = _SPAN.fullmatch(text)
    if span is None:
        raise CannotStart(f"{flag}: expected a span of time such as 24h, not {text!r}.")
    return int(span[1]) * _SECONDS[span[2]]

"""What a receiver means by `Retry-After`. Pure."""

from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

from service.domain.schedule import PAUSE_MAX_S

_DIGITS_MAX: Final = 9


def pause_of(value: str | None, *, now: float) -> float | None:
    """
    Return the seconds from *now* (Unix) that *value* asks for, at most a day.

    None where there is no wish, or one that cannot be read: garbage, a negative number, an
    instant that is over.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        seconds = float(PAUSE_MAX_S) if len(text) > _DIGITS_MAX else float(text)
    else:
        seconds = _until(text, now)
    return min(seconds, PAUSE_MAX_S) if seconds > 0 else None


def _until(text: str, now: float) -> float:
    try:
        instant = parsedate_to_datetime(text)
        return instant.replace(tzinfo=instant.tzinfo or UTC).timestamp() - now
    except (ValueError, OverflowError):
        return 0.0

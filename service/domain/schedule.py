"""
When a delivery is tried again.

A schedule is the tuple of waits, in seconds, before each attempt: the first wait is before
the first attempt, and there are as many attempts as waits. Pure: chance comes as a number.
"""

from collections.abc import Mapping, Sequence
from typing import Final

_MINUTE: Final = 60
_HOUR: Final = 3600

# Ever slower for the first 16 hours, then twice a day while the third day lasts.
LIVE: Final[tuple[float, ...]] = (
    0,
    5,
    30,
    2 * _MINUTE,
    10 * _MINUTE,
    30 * _MINUTE,
    1 * _HOUR,
    2 * _HOUR,
    4 * _HOUR,
    8 * _HOUR,
    *(12 * _HOUR,) * 4,
)
TEST: Final[tuple[float, ...]] = (0, 1 * _MINUTE, 1 * _HOUR)
SPREAD: Final = 0.2
PAUSE_MAX_S: Final = 24 * _HOUR
# How long what is due waits for an endpoint that answers nothing, without being tried.
WAITS_MAX_S: Final = 72 * _HOUR

Schedules = Mapping[bool, Sequence[float]]


def schedules(compressed: Sequence[float] | None = None) -> Schedules:
    """Return the schedule by livemode; *compressed*, where given, stands in for both."""
    return {True: compressed or LIVE, False: compressed or TEST}


def wait_before(schedule: Sequence[float], attempt: int, chance: float) -> float | None:
    """
    Return the seconds to wait before attempt number *attempt*, from 1.

    None says that the schedule is exhausted. *chance*, from -1 to 1, moves the wait by up to
    a fifth either way, so that what failed together does not come back together.
    """
    if attempt > len(schedule):
        return None
    return schedule[attempt - 1] * (1 + SPREAD * chance)


def with_pause(wait_s: float, pause_s: float | None) -> float:
    """Return *wait_s*, or the receiver's own wish *pause_s* where that is longer, to a day."""
    return max(wait_s, min(pause_s or 0, PAUSE_MAX_S))

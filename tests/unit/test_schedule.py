"""The retry schedule, as a table."""

import pytest

from service.domain.schedule import LIVE, PAUSE_MAX_S, TEST, schedules, wait_before, with_pause

HOUR = 3600


@pytest.mark.parametrize(
    ("attempt", "chance", "expected"),
    [
        (1, 0.0, 0),  # The first attempt never waits.
        (1, 1.0, 0),  # 0 * 1.2
        (2, 0.0, 5),
        (2, 1.0, 6),  # 5 * 1.2
        (2, -1.0, 4),  # 5 * 0.8
        (3, 0.0, 30),
        (4, 0.5, 132),  # 120 * 1.1
        (10, 0.0, 8 * HOUR),
        (11, 0.0, 12 * HOUR),
        (14, -0.5, 10.8 * HOUR),  # 12 h * 0.9
        (15, 0.0, None),
    ],
)
def test_live_schedule(attempt: int, chance: float, expected: float | None) -> None:
    """Each attempt has its wait, moved by up to a fifth, and the fifteenth has none."""
    assert wait_before(LIVE, attempt, chance) == (
        None if expected is None else pytest.approx(expected)
    )


def test_live_schedule_fits_in_three_days() -> None:
    """The last live attempt comes within 72 hours and one more would not."""
    assert sum(LIVE) <= 72 * HOUR < sum(LIVE) + 12 * HOUR


def test_test_mode_tries_three_times() -> None:
    """Test mode makes three attempts within a few hours."""
    assert len(TEST) == 3
    assert sum(TEST) < 4 * HOUR


def test_schedules_by_mode() -> None:
    """Each mode has its own schedule."""
    assert schedules() == {True: LIVE, False: TEST}


def test_compressed_schedule_stands_in_for_both() -> None:
    """A schedule from the settings replaces the live and the test one."""
    assert schedules((0, 1)) == {True: (0, 1), False: (0, 1)}


@pytest.mark.parametrize(
    ("wait", "pause", "expected"),
    [(5, None, 5), (5, 60, 60), (60, 5, 60), (5, 10**9, PAUSE_MAX_S), (12 * HOUR, HOUR, 12 * HOUR)],
)
def test_pause(wait: float, pause: float | None, expected: float) -> None:
    """The longer of the schedule and the receiver's wish counts, the wish up to a day."""
    assert with_pause(wait, pause) == expected

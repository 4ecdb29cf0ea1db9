"""How a receiver's wish to be left alone is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.schedule import PAUSE_MAX_S
from service.webhooks.retry_after import pause_of

NOW = 1_767_225_600.0  # 1 January 2026, 00:00:00 GMT


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("Thu, 01 Jan 2026 00:01:00 GMT", 60),
        ("Thu, 01 Jan 2026 00:01:00 -0000", 60),
        ("Thu, 01 Jan 2026 00:01:00", 60),
        ("Wed, 31 Dec 2025 23:59:59 GMT", None),
        ("9" * 5000, PAUSE_MAX_S),
        ("86401", PAUSE_MAX_S),
        ("0", None),
        ("-1", None),
        ("1.5", None),
        ("\u0661\u0662", None),
        ("", None),
        (None, None),
    ],
)
def test_table(value: str | None, expected: float | None) -> None:
    """Seconds and dates are understood, the rest is no wish, and a day is the most."""
    assert pause_of(value, now=NOW) == expected


@given(st.text(max_size=40))
def test_any_text(value: str) -> None:
    """Whatever a receiver sends is a pause of at most a day, or none."""
    assert 0 < (pause_of(value, now=NOW) or 1) <= PAUSE_MAX_S

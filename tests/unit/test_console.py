"""What the commands print."""

from service.console import rfc3339


def test_times_are_in_utc() -> None:
    """An instant is written in UTC, to the second."""
    assert rfc3339(0) == "1970-01-01T00:00:00Z"

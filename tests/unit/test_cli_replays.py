"""How a replay is shown to a person."""

from typing import Any

import pytest

from service.cli.delivery_tables import how_far


def replay(progress: float, enqueued: int, delivered: int, failed: int = 0) -> dict[str, Any]:
    counts = {"delivered": delivered, "enqueued": enqueued, "failed": failed, "matched": 9}
    return {"status": "running", "progress": progress, "counts": counts}


@pytest.mark.parametrize(
    ("shown", "done"),
    [
        (replay(0.5, 0, 0), 0.5),
        (replay(1.0, 60, 0), 0.0),
        (replay(1.0, 60, 20, 10), 0.5),
        (replay(0.5, 10, 10), 0.5),
        (replay(1.0, 60, 59, 1), 1.0),
        (replay(1.0, 0, 0), 1.0),
        ({**replay(1.0, 60, 20), "status": "completed"}, 1.0),
    ],
)
def test_is_done_when_all_is_settled(shown: dict[str, Any], done: float) -> None:
    """What was only looked at is not done: it is sent, and what comes of it counts."""
    assert how_far(shown) == done

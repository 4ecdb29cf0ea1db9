"""A delivery as it is printed for people."""

from typing import Any, Final

import pytest

from service.cli.delivery_tables import print_delivery

DELIVERY: Final[dict[str, Any]] = {
    "id": "dlv_1",
    "event": "evt_1",
    "event_type": "customer.created",
    "endpoint": "we_1",
    "origin": "live",
    "state": "open",
    "created": 1_700_000_000,
    "next_attempt_at": None,
}
ATTEMPT: Final[dict[str, Any]] = {
    "number": 1,
    "created": 1_700_000_000,
    "took_ms": 1.5,
    "address": "192.0.2.1",
    "outcome": "status",
    "status": 500,
    "detail": None,
    "excerpt": "\x1b]0;owned\x07sorry\x9b2J\r\n",
}


def test_what_a_receiver_answered_is_no_order(capsys: pytest.CaptureFixture[str]) -> None:
    """What would move a terminal's cursor, or name its window, is not printed."""
    print_delivery(DELIVERY, [ATTEMPT])
    said = capsys.readouterr().out
    assert "sorry" in said
    assert not {"\x1b", "\x07", "\x9b"} & set(said)

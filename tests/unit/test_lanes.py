"""Whose turn it is."""

from dataclasses import replace

from service.webhooks.lanes import WAITING_MAX, Lanes
from service.webhooks.work import Work

WORK = Work(event_id="evt_1", endpoint_id="we_a", attempt=1, due_at=10, subscribers=1)


def filled(lanes: Lanes, **waiting: int) -> Lanes:
    """Let as many deliveries wait as *waiting* says by endpoint."""
    for endpoint_id, number in waiting.items():
        for each in range(number):
            lanes.add(replace(WORK, endpoint_id=endpoint_id, event_id=f"evt_{each}"))
    return lanes


def turns(lanes: Lanes) -> str:
    """Return the endpoints whose deliveries go now, in order."""
    gone = ""
    while work := lanes.next():
        gone += work.endpoint_id
    return gone


def test_endpoints_take_turns() -> None:
    """Endpoints go one after the other, however much waits for one of them."""
    assert turns(filled(Lanes(10, 10), a=4, b=2)) == "ababaa"


def test_window_of_an_endpoint() -> None:
    """An endpoint has at most its window under way, and goes on when one is done."""
    lanes = filled(Lanes(10, 2), a=4, b=1)
    assert turns(lanes) == "aba"
    lanes.done("a", 0)
    assert turns(lanes) == "a"


def test_total() -> None:
    """All endpoints together have at most the total under way."""
    lanes = filled(Lanes(3, 2), a=2, b=2)
    assert turns(lanes) == "aba"
    lanes.done("b", 0)
    assert turns(lanes) == "b"


def test_full_lane() -> None:
    """A lane has room for so many to wait, less those that do."""
    lanes = filled(Lanes(10, 2), a=WAITING_MAX - 1)
    assert lanes.room("a") == 1
    assert lanes.room("b") == WAITING_MAX


def test_pause() -> None:
    """A paused endpoint gives back what waited, and takes nothing until the pause is over."""
    lanes = filled(Lanes(10, 1), a=3, b=1)
    assert turns(lanes) == "ab"
    assert len(lanes.pause("a", 500)) == 2
    lanes.done("a", 0)
    assert turns(lanes) == ""
    assert lanes.paused_until("a") == 500
    assert lanes.paused_until("b") == 0


def test_paused_while_in_turn() -> None:
    """A pause takes an endpoint out of the turns."""
    lanes = filled(Lanes(10, 1), a=1, b=1)
    lanes.pause("a", 500)
    assert turns(lanes) == "b"

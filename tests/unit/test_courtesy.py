"""How many replays may have under way, by how late the loop is."""

from typing import Final

import pytest

from service.webhooks.condition import Standing
from service.webhooks.courtesy import Courtesy
from service.webhooks.slots import Slots

TOTAL: Final = 64
SHARE: Final = 32
LEAST: Final = 4
LATE_S: Final = 0.1


def under_way(slots: Slots) -> int:
    """Let as many replays start as may, and return how many those were."""
    number = 0
    while slots.is_free(Standing.PROVEN, replay=True):
        slots.take(Standing.PROVEN, replay=True)
        number += 1
    return number


def ended(slots: Slots, number: int) -> Slots:
    for _ in range(number):
        slots.give_back(Standing.PROVEN, replay=True)
    return slots


@pytest.mark.parametrize(
    ("beats", "most"),
    [
        ([], SHARE),
        ([LATE_S], SHARE // 2),
        ([LATE_S, LATE_S], SHARE // 4),
        ([LATE_S] * 10, LEAST),
        ([LATE_S, 0.0], SHARE // 2 + 1),
        ([LATE_S] * 10 + [0.0] * 1000, SHARE),
    ],
    ids=["at-first", "late", "late-again", "late-for-long", "better", "well-for-long"],
)
def test_replays_give_way(beats: list[float], most: int) -> None:
    """Where the loop is late, replays have half as many under way; where not, one more."""
    slots = Slots(TOTAL)
    courtesy = Courtesy(slots)
    for late_s in beats:
        number = under_way(slots)
        courtesy.take_in(late_s)
        ended(slots, number)
    assert under_way(slots) == most


def test_others_are_as_many_as_before() -> None:
    """However few replays may go, what happens now has every slot."""
    slots = Slots(TOTAL)
    for _ in range(10):
        Courtesy(slots).take_in(LATE_S)
    for _ in range(TOTAL):
        assert slots.is_free(Standing.PROVEN, replay=False)
        slots.take(Standing.PROVEN, replay=False)


def test_few_slots() -> None:
    """Where there are next to no slots, replays have their share of them all the same."""
    slots = Slots(4)
    Courtesy(slots).take_in(LATE_S)
    assert under_way(slots) == 2

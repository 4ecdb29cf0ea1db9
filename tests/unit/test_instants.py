"""Where in the log an instant is, by clocks that were not always right."""

from collections.abc import Sequence
from typing import Any, Final, cast

import pytest

from service.api.own.instants import first_at, last_before
from service.domain.recorded import Recorded
from service.domain.values import replace
from service.store.protocol import EventStore
from tests import histories as h

NOW: Final = 100_000_000
DAY: Final = 24 * 3600
YEAR: Final = 365 * DAY
# A clock was a year ahead for a while, three days ago.
ONCE_AHEAD: Final = (
    *range(NOW - 9 * DAY, NOW - 3 * DAY, DAY),
    *range(NOW + YEAR, NOW + YEAR + 9),
    *range(NOW - 3 * DAY, NOW, DAY),
)


class Log:
    """Events that happened at these *instants*, one after another."""

    def __init__(self, instants: Sequence[int]) -> None:
        events = [replace(cast("Any", h.INTENT_CREATED), at=at) for at in instants]
        self._all = h.recorded(*events)

    async def head(self) -> int:
        return len(self._all)

    async def notifications(self, after: int, limit: int) -> list[Recorded]:
        return self._all[after : after + limit]


def log(instants: Sequence[int]) -> EventStore:
    return cast("EventStore", Log(instants))


@pytest.mark.parametrize(("at", "position"), [(1, 1), (10, 1), (11, 2), (30, 3), (31, 4)])
async def test_first_at(at: int, position: int) -> None:
    """By clocks that rise it is the first event that happened then or later."""
    assert await first_at(log([10, 20, 30]), at) == position


async def test_last_before_now() -> None:
    """All that happened until now is in the log up to its end, whatever a clock said between."""
    assert await last_before(log(ONCE_AHEAD), NOW + 1, NOW) == len(ONCE_AHEAD)


async def test_last_before_long_ago() -> None:
    """What happened until long ago ends where that was, and a bit, as clocks may differ by."""
    days = range(NOW - 9 * DAY, NOW, DAY)
    assert await last_before(log(days), NOW - 5 * DAY, NOW) == 5

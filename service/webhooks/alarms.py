"""
When lanes are to be looked at again, if nothing happens before: at most one alarm for each.

An alarm that an earlier one took the place of means nothing any more, and is passed over when
its time has come. That may be in half a day, so they are thrown away when there are many.
"""

import heapq
from collections.abc import Iterator
from itertools import count
from typing import Final

from service.webhooks.lane import Lane

_MEANINGLESS_MAX: Final = 1000


class Alarms:
    """The ticks at which lanes are to be looked at."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Lane]] = []
        self._numbers = count()
        self._set = 0

    def __len__(self) -> int:
        """Return how many are kept, those that mean nothing any more among them."""
        return len(self._heap)

    @property
    def next(self) -> float | None:
        """The tick of the first one."""
        return self._heap[0][0] if self._heap else None

    def set(self, lane: Lane, at: float) -> None:
        """Have *lane* looked at by *at*."""
        if lane.alarm is not None:
            if lane.alarm <= at:
                return
            self._set -= 1
        lane.alarm = at
        self._set += 1
        heapq.heappush(self._heap, (at, next(self._numbers), lane))
        if len(self._heap) > 2 * self._set + _MEANINGLESS_MAX:
            self._heap = [each for each in self._heap if each[2].alarm == each[0]]
            heapq.heapify(self._heap)

    def gone_off(self, tick: float) -> Iterator[Lane]:
        """Give the lanes whose time has come by *tick*."""
        while self._heap and self._heap[0][0] <= tick:
            at, _, lane = heapq.heappop(self._heap)
            if lane.alarm == at:
                lane.alarm = None
                self._set -= 1
                yield lane

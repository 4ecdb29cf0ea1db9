"""
Who goes next, of the lanes that may.

Endpoints take turns, however much waits for one of them, and in a turn a few deliveries go.
Those whose share of the slots is used up are passed over without being looked at one by one.
"""

from collections import deque
from collections.abc import Callable
from typing import Final

from service.webhooks.condition import Standing
from service.webhooks.lane import Lane

QUANTUM: Final = 4


class Turns:
    """Lanes of one kind, in the order of their turns, by the standing of their endpoints."""

    def __init__(self) -> None:
        self._waiting = {standing: deque[Lane]() for standing in Standing}
        self._order = deque(Standing)

    def __bool__(self) -> bool:
        return any(self._waiting.values())

    def add(self, lane: Lane) -> None:
        """Let *lane*, which may go, take its turn, after all others."""
        if not lane.in_turn:
            lane.in_turn, lane.served = lane.gate.condition.standing, 0
            self._waiting[lane.in_turn].append(lane)

    def next(self, is_free: Callable[[Standing], bool]) -> Lane | None:
        """Return whose turn it is, of those whose standing *is_free* says has slots left."""
        for standing in self._order:
            waiting = self._waiting[standing]
            while waiting and is_free(standing):
                lane = waiting.popleft()
                lane.in_turn = None
                if lane.gate.condition.standing is standing:
                    # The next turn is another standing's: none waits for all of another.
                    self._order.remove(standing)
                    self._order.append(standing)
                    return lane
                self.add(lane)
        return None

    def move(self, lane: Lane) -> None:
        """Let *lane*, whose endpoint stands otherwise now, wait among those like it."""
        if lane.in_turn:
            self._waiting[lane.in_turn].remove(lane)
            lane.in_turn = None
            self.add(lane)

    def again(self, lane: Lane, served: int) -> None:
        """Let *lane*, from which so many just went and more may, keep its turn or wait."""
        lane.served += served
        if lane.served >= QUANTUM:
            self.add(lane)
        else:
            lane.in_turn = lane.gate.condition.standing
            self._waiting[lane.in_turn].appendleft(lane)

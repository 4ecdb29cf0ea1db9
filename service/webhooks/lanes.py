"""
Who goes next: deliveries that are due, in a lane for each endpoint, taken in turns.

An endpoint that hangs fills its own lane and no other. How many attempts one endpoint may
have under way is its lane's *window*; all are of one size for now.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Final

from service.webhooks.work import Work

# What is due beyond this is put aside: a lane is a waiting room, not the queue.
WAITING_MAX: Final = 64


@dataclass(slots=True)
class Lane:
    """One endpoint's deliveries. *paused_until* is in Unix milliseconds."""

    window: int
    waiting: deque[Work] = field(default_factory=deque)
    under_way: int = 0
    paused_until: int = 0
    in_turn: bool = False

    @property
    def may_go(self) -> bool:
        return bool(self.waiting) and self.under_way < self.window


class Lanes:
    """At most *total* attempts under way, at most *window* of one endpoint."""

    def __init__(self, total: int, window: int) -> None:
        self._total = total
        self._window = window
        self._under_way = 0
        self._lanes: dict[str, Lane] = {}
        self._turns: deque[str] = deque()

    def paused_until(self, endpoint_id: str) -> int:
        """Return the instant (Unix ms) up to which an endpoint takes nothing, 0 if none."""
        lane = self._lanes.get(endpoint_id)
        return 0 if lane is None else lane.paused_until

    def room(self, endpoint_id: str) -> int:
        """Return how many more deliveries may wait in an endpoint's lane."""
        lane = self._lanes.get(endpoint_id)
        return WAITING_MAX if lane is None else WAITING_MAX - len(lane.waiting)

    def pause(self, endpoint_id: str, until_ms: int) -> list[Work]:
        """Take nothing more for an endpoint until then, and return what waited in its lane."""
        lane = self._lane(endpoint_id)
        lane.paused_until = max(lane.paused_until, until_ms)
        if lane.in_turn:
            lane.in_turn = False
            self._turns.remove(endpoint_id)
        waited = list(lane.waiting)
        lane.waiting.clear()
        return waited

    def add(self, work: Work) -> None:
        """Let *work* wait in its endpoint's lane."""
        lane = self._lane(work.endpoint_id)
        lane.waiting.append(work)
        self._take_turn(work.endpoint_id, lane)

    def next(self) -> Work | None:
        """Return the delivery to attempt now. `done` must follow."""
        if not self._turns or self._under_way >= self._total:
            return None
        endpoint_id = self._turns.popleft()
        lane = self._lanes[endpoint_id]
        lane.in_turn = False
        work = lane.waiting.popleft()
        lane.under_way += 1
        self._under_way += 1
        self._take_turn(endpoint_id, lane)
        return work

    def done(self, endpoint_id: str, now_ms: int) -> None:
        """Say that an attempt is over."""
        lane = self._lanes[endpoint_id]
        lane.under_way -= 1
        self._under_way -= 1
        self._take_turn(endpoint_id, lane)
        if not lane.waiting and not lane.under_way and lane.paused_until <= now_ms:
            del self._lanes[endpoint_id]

    def _lane(self, endpoint_id: str) -> Lane:
        return self._lanes.setdefault(endpoint_id, Lane(self._window))

    def _take_turn(self, endpoint_id: str, lane: Lane) -> None:
        if lane.may_go and not lane.in_turn:
            lane.in_turn = True
            self._turns.append(endpoint_id)

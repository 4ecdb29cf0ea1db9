"""
How many attempts may be under way at once, and who may take the last ones.

All endpoints that are failing together take at most a quarter of the slots, so that a thousand
dead ones cost those that are well nothing. Endpoints that have acknowledged nothing yet may be
dead too, and go into the same quarter, until the first success. And replays leave half of all
slots to what happens now, and more where the loop is busy: see `courtesy`.
"""

from typing import Final

from service.webhooks.condition import Standing

_DOUBTFUL_SHARE: Final = 0.25
_REPLAY_SHARE: Final = 0.5
# So that replays come to their end, however busy the loop is.
_REPLAYS_LEAST: Final = 4


class Slots:
    """Counts the attempts under way, of at most *total*, by the standing of their endpoints."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._doubtful_most = max(int(total * _DOUBTFUL_SHARE), 1)
        self._replays_share = max(int(total * _REPLAY_SHARE), 1)
        self._replays_most = self._replays_share
        self._replays = 0
        self.taken = dict.fromkeys(Standing, 0)

    @property
    def under_way(self) -> int:
        return sum(self.taken.values())

    def is_free(self, standing: Standing, *, replay: bool) -> bool:
        """Say whether one more attempt may start, to an endpoint of *standing*."""
        doubtful = self.taken[Standing.SICK] + self.taken[Standing.UNPROVEN]
        if doubtful + self.taken[Standing.PROVEN] >= self._total:
            return False
        if replay and self._replays >= self._replays_most:
            return False
        return standing is Standing.PROVEN or doubtful < self._doubtful_most

    def fewer_replays(self) -> None:
        """Let replays have half as many under way as they have."""
        halved = max(min(self._replays_most, self._replays) // 2, _REPLAYS_LEAST)
        self._replays_most = min(halved, self._replays_share)

    def more_replays(self) -> None:
        """Let replays have one more under way, up to their share."""
        self._replays_most = min(self._replays_most + 1, self._replays_share)

    def take(self, standing: Standing, *, replay: bool) -> None:
        self.taken[standing] += 1
        self._replays += replay

    def give_back(self, standing: Standing, *, replay: bool) -> None:
        self.taken[standing] -= 1
        self._replays -= replay

    def move(self, number: int, before: Standing, after: Standing) -> None:
        """Count *number* attempts under way, of an endpoint that has changed, as they are now."""
        self.taken[before] -= number
        self.taken[after] += number

"""
Up to where every event is known to be in the views.

Requests project their own events, each when it is done, so positions come in any order.
Where they leave no hole the runner has nothing to read.
"""

from typing import Final

AHEAD_MAX: Final = 100_000


class Watermark:
    """The last position *at* which, and before which, everything has been projected."""

    def __init__(self, at: int = 0) -> None:
        self.at = at
        self._ahead: dict[int, int] = {}

    def done(self, positions: range) -> None:
        """
        Note that the events at *positions* are in the views.

        Beyond a hole, only so much is remembered: what is forgotten is projected again.
        """
        if not positions or positions[-1] <= self.at:
            return
        if positions[0] > self.at + 1:
            if len(self._ahead) < AHEAD_MAX:
                self._ahead[positions[0]] = positions[-1]
            return
        self._rise(positions[-1])

    def fall_back(self, position: int) -> None:
        """Forget everything past *position*: it may have been lost."""
        self.at = position
        self._ahead.clear()

    def _rise(self, position: int) -> None:
        self.at = position
        for first in sorted(self._ahead):
            if first > self.at + 1:
                return
            self.at = max(self.at, self._ahead.pop(first))

"""
How much of the loop replays may have, which everything else runs on as well.

However many slots are free, what is ready waits for all that was ready before it. A replay keeps
the loop busy to the full with a few attempts under way, where receivers are quick: more of them
make it no faster, and everybody else later. So while what is ready has to wait, replays come to
have half as many under way, down to a few; and otherwise one more with each beat.
"""

from typing import Final

from service.lateness import lateness
from service.webhooks.slots import Slots

# A beat is late by this where the loop is busy; less is the machine's own.
_LATE_S: Final = 0.01
_BEAT_S: Final = 0.05


class Courtesy:
    """Sets how many of *slots* replays may take."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots

    def take_in(self, late_s: float) -> None:
        """Learn that what was ready had to wait for so long."""
        if late_s > _LATE_S:
            self._slots.fewer_replays()
        else:
            self._slots.more_replays()

    async def run(self) -> None:
        """Listen to the loop until cancelled."""
        async for late_s in lateness(_BEAT_S):
            self.take_in(late_s)

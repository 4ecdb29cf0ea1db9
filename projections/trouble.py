"""
What the runner has met, told when it is met first and not each time that it is tried again.

A Redis that reads a large snapshot, or is gone, is asked again every second or two, and its
answer is the same until it is there. What is over is told by whoever finds the views whole.
"""

from typing import Final

import structlog

from projections.connection import UNREACHABLE

log: Final = structlog.get_logger()


class Trouble:
    """What stands in the way at the moment, if anything does."""

    def __init__(self) -> None:
        self._told: tuple[str, str] | None = None

    def met(self, reason: Exception) -> None:
        """Tell of *reason*, unless it is what was told last: what is waited for, or a fault."""
        kind, said = met = (type(reason).__name__, str(reason))
        if met == self._told:
            return
        self._told = met
        is_waited_for = isinstance(reason, UNREACHABLE)
        log.warning(
            "views.awaited" if is_waited_for else "projection.failed", reason=said, kind=kind
        )

    def over(self) -> None:
        """Tell of whatever comes next as of something new."""
        self._told = None

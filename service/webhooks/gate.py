"""
What an endpoint's deliveries go through: how many may be under way at once, and from when on.

What a replay sends to another URL goes through a gate of its own. How that URL answers says
nothing of the endpoint, and it is spared like an endpoint all the same: whoever is down there,
or asks to be left alone, is not sent a million events at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.webhooks.condition import Condition


@dataclass(slots=True, eq=False)
class Gate:
    """How much somebody has under way, and may have. *paused_until* is a tick."""

    condition: Condition = field(default_factory=Condition)
    ordered: bool = False
    paused_until: float = 0.0
    under_way: int = 0
    replays: int = 0

    @property
    def limit(self) -> int:
        """How many may be under way, once it is open."""
        return 1 if self.ordered or self.condition.is_broken else self.condition.window

    def opens_at(self, *, replay: bool) -> float | None:
        """Return from when one more may go; None if others have to come to their end first."""
        limit = self.limit
        if self.under_way >= limit or (replay and self.replays >= max(limit // 2, 1)):
            return None
        probe_at = self.condition.probe_at
        return self.paused_until if probe_at is None else max(self.paused_until, probe_at)


@dataclass(slots=True, eq=False)
class Gates:
    """
    An endpoint's *own* gate, and those of the URLs that its replays go to instead.

    *elsewhere* are such URLs by the ids of their replays.
    """

    elsewhere: Mapping[str, str]
    own: Gate = field(default_factory=Gate)
    _away: dict[str, Gate] = field(default_factory=dict)

    def of(self, origin: str) -> Gate:
        """Return the gate that what comes from *origin* goes through."""
        if origin not in self.elsewhere:
            return self.own
        gate = self._away.get(origin)
        if gate is None:
            # One replay to an endpoint goes on at a time: the others have ended.
            self._away = {each: gate for each, gate in self._away.items() if gate.under_way}
            gate = self._away[origin] = Gate()
        return gate

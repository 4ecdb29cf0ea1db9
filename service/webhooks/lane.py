"""
One endpoint's queue, and the gate that it goes through.

An endpoint has two lanes, one for what it is owed and one for what is replayed to it, before
one gate: together they have no more under way than the endpoint's condition allows. Replays
may use half of that at most, so that what happens now finds the gate open.
"""

from dataclasses import dataclass, field
from typing import Self

from service.webhooks.agenda import FLOOR, READ_MAX, Agenda, Room
from service.webhooks.clocks import Now
from service.webhooks.condition import Condition, Standing


@dataclass(slots=True, eq=False)
class Gate:
    """How much one endpoint has under way, and may have. *paused_until* is a tick."""

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
class Lane:
    """
    What waits for one endpoint, of one kind.

    *in_turn* says among whom it stands, if it is of those that may go, and *served* how many
    have gone in this turn; *alarm* is the tick at which it is to be looked at again.
    """

    endpoint_id: str
    replay: bool
    gate: Gate
    agenda: Agenda
    in_turn: Standing | None = None
    served: int = 0
    alarm: float | None = None

    def ready_at(self, now: Now) -> float | None:
        """Return from which tick its first delivery may go; None if that is not for time to say."""
        due_at = self.agenda.next_due_at
        if due_at is None:
            return None
        opens_at = self.gate.opens_at(replay=self.replay)
        if opens_at is None or due_at <= now.ms:
            return opens_at
        return max(opens_at, now.tick + (due_at - now.ms) / 1000)

    def is_ready(self, now: Now) -> bool:
        """Say whether its first delivery may go now."""
        at = self.ready_at(now)
        return at is not None and at <= now.tick

    @property
    def reads(self) -> int:
        """How many deliveries are worth reading at once: few, while next to none can go."""
        return FLOOR if self.gate.condition.is_broken else READ_MAX


@dataclass(frozen=True, slots=True, eq=False)
class Station:
    """One endpoint: its gate, and its lanes before it."""

    gate: Gate
    live: Lane
    replays: Lane

    @classmethod
    def opened(cls, endpoint_id: str, room: Room) -> Self:
        """Return the station of an endpoint that nothing is known of."""
        gate = Gate()
        return cls(
            gate,
            Lane(endpoint_id, replay=False, gate=gate, agenda=Agenda(room)),
            Lane(endpoint_id, replay=True, gate=gate, agenda=Agenda(room)),
        )

    @property
    def lanes(self) -> tuple[Lane, Lane]:
        return self.live, self.replays

    @property
    def is_idle(self) -> bool:
        """Whether nothing of its endpoint's is in memory."""
        return not any(len(lane.agenda) for lane in self.lanes)

    def lane(self, *, replay: bool) -> Lane:
        """Return the lane of what is replayed, or of what is not."""
        return self.replays if replay else self.live

"""
One endpoint's queue, before the gate that it goes through.

An endpoint has two lanes, one for what it is owed and one for what is replayed to it, before
one gate: together they have no more under way than the endpoint's condition allows. Replays
may use half of that at most, so that what happens now finds the gate open. Only what goes to
another URL instead has another gate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from service.webhooks.agenda import FLOOR, READ_MAX, Agenda, Room
from service.webhooks.clocks import Now
from service.webhooks.condition import Standing
from service.webhooks.gate import Gate, Gates


@dataclass(slots=True, eq=False)
class Lane:
    """
    What waits for one endpoint, of one kind.

    *in_turn* says among whom it stands, if it is of those that may go, and *served* how many
    have gone in this turn; *alarm* is the tick at which it is to be looked at again.
    """

    endpoint_id: str
    replay: bool
    gates: Gates
    agenda: Agenda
    gate: Gate
    in_turn: Standing | None = None
    served: int = 0
    alarm: float | None = None

    def choose_gate(self) -> None:
        """Stand before the gate that its first delivery goes through."""
        first = self.agenda.first
        if first is not None:
            self.gate = self.gates.of(first.origin)

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
    """One endpoint: its gates, and its lanes before them."""

    gates: Gates
    live: Lane
    replays: Lane

    @classmethod
    def opened(cls, endpoint_id: str, room: Room, elsewhere: Mapping[str, str]) -> Self:
        """Return the station of an endpoint that nothing is known of."""
        gates = Gates(elsewhere)
        return cls(
            gates,
            Lane(endpoint_id, replay=False, gates=gates, agenda=Agenda(room), gate=gates.own),
            Lane(endpoint_id, replay=True, gates=gates, agenda=Agenda(room), gate=gates.own),
        )

    @property
    def gate(self) -> Gate:
        """What goes to the endpoint itself goes through this."""
        return self.gates.own

    @property
    def lanes(self) -> tuple[Lane, Lane]:
        return self.live, self.replays

    def before(self, gate: Gate) -> list[Lane]:
        """Return the lanes that stand before *gate*."""
        return [lane for lane in self.lanes if lane.gate is gate]

    @property
    def is_idle(self) -> bool:
        """Whether nothing of its endpoint's is in memory."""
        return not any(len(lane.agenda) for lane in self.lanes)

    def lane(self, *, replay: bool) -> Lane:
        """Return the lane of what is replayed, or of what is not."""
        return self.replays if replay else self.live

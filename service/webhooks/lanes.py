"""
Who goes next: open deliveries in lanes, two for each endpoint, taken in turns.

An endpoint that hangs fills its own lanes and no other's. A lane stands among the `turns`
when its first delivery is due and its gate (`lane`) is open, and an alarm brings it there when
that is only a matter of time. What happens now goes before what is replayed, but for one turn
in sixteen: replays give way, and still come to their end.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from service.webhooks.agenda import Room
from service.webhooks.alarms import Alarms
from service.webhooks.clocks import Now
from service.webhooks.condition import Condition, Standing
from service.webhooks.lane import Lane, Station
from service.webhooks.ledger.values import LIVE
from service.webhooks.slots import Slots
from service.webhooks.turns import QUANTUM, Turns
from service.webhooks.work import Work

_BEFORE_A_REPLAY: Final = 15


class Lanes:
    """
    At most *total* attempts under way, and what waits for one, in *room*.

    *is_owned* says of an endpoint whether this process delivers to it, *is_ordered* whether
    it takes one delivery at a time; *elsewhere* are the URLs that replays go to instead.
    """

    def __init__(
        self,
        total: int,
        room: Room,
        *,
        is_owned: Callable[[str], bool] = lambda _: True,
        is_ordered: Callable[[str], bool] = lambda _: False,
        elsewhere: Mapping[str, str] | None = None,
    ) -> None:
        self._room = room
        self._is_owned = is_owned
        self._is_ordered = is_ordered
        self._elsewhere = {} if elsewhere is None else elsewhere
        self._turns = {False: Turns(), True: Turns()}
        self.alarms = Alarms()
        self._since_replay = 0
        self.slots = Slots(total)
        self.stations: dict[str, Station] = {}
        # Lanes that want to be filled from the ledger, the first that did first.
        self.hungry: dict[Lane, None] = {}

    def __len__(self) -> int:
        """Return how many deliveries are in memory."""
        return self._room.taken

    @property
    def next_alarm(self) -> float | None:
        """The tick at which a lane is to be looked at, if nothing happens before."""
        return self.alarms.next

    def station(self, endpoint_id: str) -> Station:
        """Return where an endpoint's deliveries wait."""
        station = self.stations.get(endpoint_id)
        if station is None:
            station = Station.opened(endpoint_id, self._room, self._elsewhere)
            self.stations[endpoint_id] = station
        return station

    def lane_of(self, work: Work) -> Lane:
        return self.station(work.endpoint_id).lane(replay=work.replay)

    def offer(self, work: Work, now: Now) -> None:
        """Let *work*, which is new and in the ledger, wait in its lane."""
        if self._is_owned(work.endpoint_id):
            lane = self.lane_of(work)
            lane.agenda.offer(work)
            self.touch(lane, now)

    def wake(self, now: Now) -> None:
        """Look at the lanes whose time has come."""
        self.look_at(self.alarms.gone_off(now.tick), now)

    def next(self, now: Now) -> Sequence[Work]:
        """
        Return some deliveries to attempt now, of one lane; none where nothing may go.

        `done` must follow for each.
        """
        before_a_replay = _BEFORE_A_REPLAY - self._since_replay
        replays_first = before_a_replay <= 0
        for replay in (replays_first, not replays_first):
            works = self._next_of(now, 1 if replay else before_a_replay, replay=replay)
            if works:
                waits = bool(self._turns[True])
                self._since_replay = self._since_replay + len(works) if waits and not replay else 0
                return works
        return ()

    def done(self, work: Work, now: Now) -> None:
        """Say that an attempt is over."""
        station = self.station(work.endpoint_id)
        gate = station.gates.of(work.origin)
        gate.under_way -= 1
        gate.replays -= work.replay
        self.slots.give_back(gate.condition.standing, replay=work.replay)
        self.look_at(station.lanes, now)

    def change(self, endpoint_id: str, condition: Condition, now: Now, origin: str = LIVE) -> None:
        """Let an endpoint be in *condition*, or wherever what comes from *origin* goes to."""
        station = self.station(endpoint_id)
        gate = station.gates.of(origin)
        self.slots.move(gate.under_way, gate.condition.standing, condition.standing)
        breaks = condition.is_broken and not gate.condition.is_broken
        is_well = condition.standing is Standing.PROVEN is not gate.condition.standing
        gate.condition = condition
        if is_well:
            # It waits no longer for those whose share is used up.
            for lane in station.before(gate):
                self._turns[lane.replay].move(lane)
        if breaks:
            # Next to none of it can go, and others need the room.
            for lane in station.before(gate):
                lane.agenda.leave(lane.reads)
        self.look_at(station.lanes, now)

    def leave(self, endpoint_id: str) -> None:
        """Leave to the ledger whatever waits for an endpoint."""
        station = self.stations.get(endpoint_id)
        for lane in station.lanes if station else ():
            lane.agenda.leave()

    def doubt(self, endpoint_id: str, now: Now) -> None:
        """Believe no longer that what waits for an endpoint is known."""
        station = self.station(endpoint_id)
        for lane in station.lanes:
            lane.agenda.doubt()
        self.look_at(station.lanes, now)

    def prune(self, is_known: Callable[[str], bool]) -> None:
        """Forget endpoints that are not there any more, once nothing of theirs is in memory."""
        for endpoint_id, station in list(self.stations.items()):
            if station.is_idle and not is_known(endpoint_id):
                del self.stations[endpoint_id]

    def look_at(self, lanes: Iterable[Lane], now: Now) -> None:
        for lane in lanes:
            self.touch(lane, now)

    def touch(self, lane: Lane, now: Now) -> None:
        """Find out where *lane* belongs now: among the turns, the alarms, the hungry."""
        if lane.agenda.is_over or not self._is_owned(lane.endpoint_id):
            return
        if lane.replay:
            lane.choose_gate()
        if lane.agenda.wants(lane.reads) is not None:
            self.hungry[lane] = None
        if lane.in_turn:
            return
        lane.gate.ordered = self._is_ordered(lane.endpoint_id)
        at = lane.ready_at(now)
        if at is not None and at <= now.tick:
            self._turns[lane.replay].add(lane)
        elif at is not None:
            self.alarms.set(lane, at)

    def _next_of(self, now: Now, most: int, *, replay: bool) -> Sequence[Work]:
        turns = self._turns[replay]
        while lane := turns.next(lambda standing: self.slots.is_free(standing, replay=replay)):
            works = self._taken_from(lane, now, min(QUANTUM - lane.served, max(most, 1)))
            if works and lane.is_ready(now):
                turns.again(lane, len(works))
            else:
                self.touch(lane, now)
            if works:
                return works
        return ()

    def _taken_from(self, lane: Lane, now: Now, most: int) -> Sequence[Work]:
        """Return the first that may go from *lane*, if any may: much may have changed."""
        works: list[Work] = []
        if not self._is_owned(lane.endpoint_id):
            lane.agenda.leave()
            return works
        gate, replay = lane.gate, lane.replay
        standing = gate.condition.standing
        while len(works) < most and self.slots.is_free(standing, replay=replay):
            work = lane.agenda.take(now.ms) if lane.is_ready(now) else None
            if work is None:
                break
            works.append(work)
            if replay:
                gate = lane.gate = lane.gates.of(work.origin)
                standing = gate.condition.standing
            gate.under_way += 1
            gate.replays += replay
            self.slots.take(standing, replay=replay)
        return works

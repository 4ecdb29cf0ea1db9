"""Whose turn it is."""

from typing import Final

from service.domain.values import replace
from service.webhooks.agenda import Room
from service.webhooks.clocks import Now
from service.webhooks.condition import Condition
from service.webhooks.lanes import Lanes
from service.webhooks.work import Work

WORK: Final = Work(event_id="evt_1", endpoint_id="a", attempt=1, due_at=0, subscribers=1)
NOW: Final = Now(1000, 10.0)
WELL: Final = Condition(window=10, proven=True)
SICK: Final = Condition(window=10, failures=1)
BROKEN: Final = Condition(window=1, failures=5, probe_at=20.0)


def works(endpoint_id: str, number: int, **changes: object) -> list[Work]:
    work = replace(WORK, endpoint_id=endpoint_id)
    return [replace(work, **{"event_id": f"evt_{n:03}", **changes}) for n in range(number)]


def filled(lanes: Lanes, condition: Condition = WELL, **waiting: int) -> Lanes:
    """Let so many deliveries wait for endpoints that are in *condition*, and none in the ledger."""
    for endpoint_id, number in waiting.items():
        lanes.change(endpoint_id, condition, NOW)
        for lane in lanes.station(endpoint_id).lanes:
            lane.agenda.begin_reading()
            lane.agenda.end_reading([], 1)
        for work in works(endpoint_id, number):
            lanes.offer(work, NOW)
    return lanes


def some(total: int = 100, **options: object) -> Lanes:
    return Lanes(total, Room(10_000), **options)  # type: ignore[arg-type] # As its own.


def gone(lanes: Lanes, now: Now = NOW) -> list[Work]:
    """Return what goes now, in order."""
    found: list[Work] = []
    while works := lanes.next(now):
        found.extend(works)
    return found


def turns(lanes: Lanes, now: Now = NOW) -> str:
    return "".join(work.endpoint_id for work in gone(lanes, now))


class TestTurns:
    def test_endpoints_take_turns(self) -> None:
        """Endpoints go one after the other, a few deliveries in each turn."""
        assert turns(filled(some(), a=10, b=5)) == "aaaabbbbaaaabaa"

    def test_oldest_first(self) -> None:
        """Of one endpoint, what has been due for the longest goes first."""
        lanes = filled(some(), a=0)
        for work in (*works("a", 1, event_id="late", due_at=9), *works("a", 1, event_id="early")):
            lanes.offer(work, NOW)
        assert [work.event_id for work in gone(lanes)] == ["early", "late"]

    def test_nothing_goes_before_it_is_due(self) -> None:
        """What is due later goes then, woken by an alarm."""
        lanes = filled(some(), a=0)
        lanes.offer(works("a", 1, due_at=3000)[0], NOW)
        assert turns(lanes) == ""
        assert lanes.next_alarm == 12.0
        lanes.wake(later := Now(3000, 12.0))
        assert turns(lanes, later) == "a"


class TestWindows:
    def test_window_of_an_endpoint(self) -> None:
        """An endpoint has at most its window under way, and goes on when one is done."""
        lanes = filled(some(), Condition(window=2, proven=True), a=4)
        first, _ = gone(lanes)
        lanes.done(first, NOW)
        assert turns(lanes) == "a"

    def test_open_breaker(self) -> None:
        """Nothing goes while a breaker is open; then one probe, and the window after a success."""
        lanes = filled(some(), BROKEN, a=9)
        assert turns(lanes) == ""
        lanes.wake(then := Now(1000, 20.0))
        (probe,) = gone(lanes, then)
        lanes.change("a", replace(WELL, window=2), then)
        lanes.done(probe, then)
        assert turns(lanes, then) == "aa"

    def test_pause(self) -> None:
        """A paused endpoint takes nothing until the pause is over, and others go on."""
        lanes = filled(some(), a=0, b=0)
        lanes.station("a").gate.paused_until = 50.0
        filled(lanes, a=1, b=1)
        assert turns(lanes) == "b"
        lanes.wake(then := Now(1000, 50.0))
        assert turns(lanes, then) == "a"

    def test_ordered_endpoint(self) -> None:
        """An endpoint that is told in order has one under way."""
        lanes = filled(some(is_ordered=lambda name: name == "a"), a=3, b=2)
        assert turns(lanes) == "abb"


class TestShares:
    def test_total(self) -> None:
        """All endpoints together have at most the total under way."""
        lanes = filled(some(3), a=2, b=2)
        first, *_ = gone(lanes)
        assert lanes.slots.under_way == 3
        lanes.done(first, NOW)
        assert turns(lanes) == "b"

    def test_sick_endpoints_share_a_quarter(self) -> None:
        """A thousand failing endpoints take a quarter of the slots, and who is well the rest."""
        lanes = some(40)
        filled(lanes, SICK, **{f"sick{n}": 2 for n in range(1000)})
        filled(lanes, replace(WELL, window=32), well=32)
        went = [work.endpoint_id for work in gone(lanes)]
        assert (went.count("well"), len(went)) == (30, 40)

    def test_new_endpoints_prove_themselves_first(self) -> None:
        """Endpoints that have acknowledged nothing yet share the quarter of the failing ones."""
        lanes = some(40)
        filled(lanes, Condition(), **{f"new{n}": 4 for n in range(1000)})
        assert len(gone(lanes)) == 10
        assert turns(filled(lanes, well=1)) == "well"

    def test_endpoint_that_is_well_again_waits_for_no_sick_one(self) -> None:
        """What waits for an endpoint that comes back leaves the queue of the failing ones."""
        lanes = filled(some(8), SICK, dead=9)
        assert turns(filled(lanes, SICK, a=1, b=1)) == "deaddead"
        for condition in (Condition(), SICK, WELL):
            lanes.change("a", condition, NOW)
        assert turns(lanes) == "a"

    def test_attempts_under_way_move_with_their_endpoint(self) -> None:
        """What an endpoint has under way counts as sick when it falls sick."""
        lanes = filled(some(8), a=2)
        went = gone(lanes)
        lanes.change("a", SICK, NOW)
        assert turns(filled(lanes, SICK, b=1)) == ""
        lanes.done(went[0], NOW)
        assert turns(lanes) == "b"


class TestReplays:
    def test_give_way(self) -> None:
        """What happens now goes before what is replayed, of any endpoint."""
        lanes = filled(some(), a=0, b=0)
        for work in (*works("a", 2, origin="rpl_1"), *works("b", 2)):
            lanes.offer(work, NOW)
        assert turns(lanes) == "bbaa"

    def test_are_not_starved(self) -> None:
        """One turn in sixteen is a replay's, however much else there is."""
        lanes = filled(some(), replace(WELL, window=32), a=0, b=32)
        for work in works("a", 2, origin="rpl_1"):
            lanes.offer(work, NOW)
        assert turns(lanes).startswith("b" * 15 + "a" + "b" * 15 + "a")

    def test_leave_half_of_the_window(self) -> None:
        """Replays take half of an endpoint's window, so that what happens finds it open."""
        lanes = filled(some(), replace(WELL, window=4), a=0)
        for work in works("a", 9, origin="rpl_1"):
            lanes.offer(work, NOW)
        assert turns(lanes) == "aa"
        lanes.offer(works("a", 1)[0], NOW)
        assert turns(lanes) == "a"


def test_alarms_do_not_pile_up() -> None:
    """However often a lane is woken before its time, one alarm is kept for what comes last."""
    lanes = filled(some(), a=0)
    lanes.offer(works("a", 1, due_at=10**9)[0], NOW)
    for second in range(4000):
        now = Now(1000 + second * 1000, float(second))
        lanes.offer(works("a", 1, event_id="evt_soon", due_at=now.ms + 500)[0], now)
        lanes.wake(later := Now(now.ms + 500, now.tick + 0.5))
        (work,) = gone(lanes, later)
        lanes.lane_of(work).agenda.settle(work)
        lanes.done(work, later)
    assert len(lanes.alarms) < 1500


def test_deleted_endpoints_are_forgotten() -> None:
    """Nothing is kept of an endpoint that is deleted, once what was under way is over."""
    lanes = filled(some(), a=1, b=0)
    (work,) = gone(lanes)
    lanes.prune(lambda _: False)
    assert set(lanes.stations) == {"a"}
    lanes.lane_of(work).agenda.settle(work)
    lanes.done(work, NOW)
    lanes.prune(lambda _: False)
    assert not lanes.stations


def test_another_process_delivers() -> None:
    """What this process does not own is not held, and goes no more as soon as it is lost."""
    owned = {"a", "b"}
    lanes = filled(some(is_owned=owned.__contains__), a=2, b=2, c=2)
    owned.discard("a")
    assert turns(lanes) == "bb"
    assert len(lanes) == 2


class TestElsewhere:
    def test_has_a_gate_of_its_own(self) -> None:
        """Another URL that fails holds up what is replayed to it, and nothing of its endpoint's."""
        lanes = filled(some(elsewhere={"rpl_1": "http://127.0.0.1:9/"}), a=3)
        lanes.change("a", BROKEN, NOW, "rpl_1")
        for origin in ("rpl_1", "rpl_2"):
            for work in works("a", 3, origin=origin):
                lanes.offer(work, NOW)
        assert [work.origin for work in gone(lanes)] == ["live"] * 3

    def test_leaves_the_endpoint_its_window(self) -> None:
        """What is under way to another URL takes nothing of what the endpoint may have."""
        lanes = filled(
            some(elsewhere={"rpl_1": "http://127.0.0.1:9/"}), replace(WELL, window=2), a=3
        )
        for work in works("a", 3, origin="rpl_1"):
            lanes.offer(work, NOW)
        went = gone(lanes)
        assert [work.origin for work in went] == ["live"] * 2 + ["rpl_1"] * 2
        for work in went:
            lanes.done(work, NOW)
        assert lanes.slots.under_way == 0
        assert [work.origin for work in gone(lanes)] == ["live", "rpl_1"]

"""The window on the queue: whatever happens in whichever order, nothing is lost or doubled."""

from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from service.domain.values import replace
from service.webhooks.agenda import FLOOR, Agenda, Room
from service.webhooks.ledger.values import START, Due, DuePlace
from service.webhooks.work import Key, Work

WORK = Work(event_id="evt_1", endpoint_id="we_1", attempt=1, due_at=10, subscribers=1)
ROOM = 4


def empty_agenda(room: int = ROOM) -> Agenda:
    """Return an agenda that knows the ledger to be empty."""
    agenda = Agenda(Room(room))
    agenda.begin_reading()
    agenda.end_reading([], 1)
    return agenda


def work(number: int, due_at: int = 10) -> Work:
    return replace(WORK, event_id=f"evt_{number:06}", due_at=due_at)


def due_of(each: Work) -> Due:
    """Return *each* as the ledger gives it."""
    return Due(each.event_id, each.endpoint_id, each.attempt, each.due_at, each.subscribers)


class TestAgenda:
    def test_gives_what_is_due_in_order(self) -> None:
        """What is due comes out in the order of its time, and nothing before it."""
        agenda = empty_agenda()
        for number, due_at in ((1, 30), (2, 10), (3, 20)):
            agenda.offer(work(number, due_at))
        assert [agenda.take(25), agenda.take(25), agenda.take(25)] == [
            work(2, 10),
            work(3, 20),
            None,
        ]
        assert agenda.next_due_at == 30

    def test_takes_each_delivery_once(self) -> None:
        """A delivery that is known is not taken in again until it is settled."""
        agenda = empty_agenda()
        agenda.offer(work(1))
        agenda.offer(work(1))
        assert agenda.take(10) == work(1)
        agenda.offer(work(1))
        assert agenda.take(10) is None

    def test_newcomers_displace_what_is_later(self) -> None:
        """When it is full, what is due soon comes in and what is due later goes out."""
        agenda = empty_agenda()
        for number in range(ROOM):
            agenda.offer(work(number, due_at=1000 + number))
        agenda.offer(work(9, due_at=1))
        assert agenda.take(1) == work(9, due_at=1)
        assert len(agenda) <= ROOM

    def test_reads_from_its_edge_when_there_is_room(self) -> None:
        """What it left to the ledger is asked for again when there is room."""
        agenda = empty_agenda()
        for number in range(ROOM + 1):
            agenda.offer(work(number, due_at=1000 + number))
        while agenda.wants(ROOM) is None:
            taken = agenda.take(2000)
            assert taken is not None
            agenda.settle(taken)
        wants = agenda.wants(ROOM)
        assert wants is not None
        assert wants[0].due_at == 1002

    def test_doubt_reads_everything(self) -> None:
        """In doubt, the ledger is read from its start."""
        agenda = empty_agenda()
        assert agenda.wants(ROOM) is None
        agenda.doubt()
        assert agenda.wants(ROOM) == (START, ROOM + 1)

    def test_leaves_what_comes_last(self) -> None:
        """What is left to the ledger is what is due last, and it is read again from there."""
        agenda = empty_agenda()
        for number in range(ROOM):
            agenda.offer(work(number, due_at=number))
        agenda.leave(keep=1)
        assert len(agenda) == 1
        assert agenda.wants(ROOM) == (work(1, due_at=1).place, ROOM)

    def test_queue_that_goes_on_in_the_ledger(self) -> None:
        """Where older ones wait in the ledger, few newcomers are held, and none is forgotten."""
        agenda = Agenda(Room(1000))
        agenda.begin_reading()
        agenda.end_reading([due_of(work(n, due_at=n)) for n in range(2)], 2)
        for number in range(2, FLOOR + 10):
            agenda.offer(work(number, due_at=number))
        assert len(agenda) == FLOOR
        agenda.begin_reading()
        agenda.end_reading([due_of(work(n, due_at=n)) for n in range(FLOOR + 10)], 1000)
        assert len(agenda) == FLOOR + 10

    def test_room_is_shared(self) -> None:
        """Where others have taken all the room, a few are held all the same."""
        room = Room(ROOM, taken=ROOM)
        agenda = Agenda(room)
        agenda.offer(work(1))
        assert room.taken == ROOM + 1
        agenda.settle(work(1))
        assert room.taken == ROOM

    def test_failed_reading_is_repeated(self) -> None:
        """A reading that failed is wanted again."""
        agenda = Agenda(Room(ROOM))
        agenda.begin_reading()
        assert agenda.wants(ROOM) is None
        agenda.end_reading(None, 5)
        assert agenda.wants(ROOM) == (START, ROOM + 1)


class AgendaMachine(RuleBasedStateMachine):
    """A ledger in a dict, an agenda in front of it, and readings that lag behind."""

    def __init__(self) -> None:
        super().__init__()
        self.agenda = Agenda(Room(ROOM))
        self.ledger: dict[Key, Work] = {}
        self.under_way: list[Work] = []
        self.reading: tuple[list[Due], int] | None = None
        self.numbers = count()

    @rule(due_at=st.integers(0, 20))
    def fan_out(self, due_at: int) -> None:
        new = work(next(self.numbers), due_at)
        self.ledger[new.key] = new
        self.agenda.offer(new)

    @rule(now=st.integers(0, 20))
    def take(self, now: int) -> None:
        taken = self.agenda.take(now)
        if taken is not None:
            assert taken not in self.under_way
            assert self.ledger[taken.key].place == taken.place
            self.under_way.append(taken)

    @precondition(lambda self: self.under_way)
    @rule()
    def succeed(self) -> None:
        done = self.under_way.pop()
        del self.ledger[done.key]
        self.agenda.settle(done)

    @precondition(lambda self: self.under_way)
    @rule(later=st.integers(0, 20))
    def fail(self, later: int) -> None:
        done = self.under_way.pop(0)
        following = replace(done, attempt=done.attempt + 1, due_at=done.due_at + later)
        self.ledger[done.key] = following
        self.agenda.settle(done, following)

    @precondition(lambda self: self.under_way)
    @rule(until=st.integers(0, 40))
    def put_back(self, until: int) -> None:
        self.agenda.put_back(self.under_way.pop(), until)

    @rule(keep=st.integers(0, 3))
    def leave(self, keep: int) -> None:
        self.agenda.leave(keep)

    @precondition(lambda self: self.reading is None and self.agenda.wants(ROOM) is not None)
    @rule()
    def read(self) -> None:
        wants = self.agenda.wants(ROOM)
        assert wants is not None
        start, limit = wants
        self.agenda.begin_reading()
        self.reading = (self.due(start)[:limit], limit)

    @precondition(lambda self: self.reading is not None)
    @rule()
    def have_read(self) -> None:
        assert self.reading is not None
        self.agenda.end_reading(*self.reading)
        self.reading = None

    @rule()
    def doubt(self) -> None:
        self.agenda.doubt()

    def due(self, start: DuePlace) -> list[Due]:
        waiting = sorted(self.ledger.values(), key=lambda each: each.place)
        return [due_of(each) for each in waiting if each.place >= start]

    @invariant()
    def nothing_is_under_way_twice(self) -> None:
        keys = [each.key for each in self.under_way]
        assert len(keys) == len(set(keys))

    def teardown(self) -> None:
        """Everything that is open comes out in the end."""
        if self.reading is not None:
            self.have_read()
        for _ in range(20 * len(self.ledger) + 100):
            while self.under_way:
                self.succeed()
            self.take(10**9)
            if self.agenda.wants(ROOM) is not None:
                self.read()
                self.have_read()
        assert self.ledger == {}


TestAgendaMachine = AgendaMachine.TestCase
TestAgendaMachine.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)

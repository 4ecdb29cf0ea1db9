"""The verdict of a run finds what it is there to find."""

from dataclasses import dataclass, replace
from typing import Any, Final

import pytest

from tests.chaos.callers import Call
from tests.chaos.faults import Trouble
from tests.chaos.ledger import Pair
from tests.chaos.subscribers import ACKNOWLEDGING, Heard, Subscriber
from tests.chaos.verdict import Aftermath, checks

TOLD: Final = Pair("evt_1", "we_1")
BEFORE: Final = Pair("evt_0", "we_1")


def subscriber(*heard: tuple[Pair, Heard]) -> Subscriber:
    one = Subscriber("well 1", True, lambda: ACKNOWLEDGING, endpoint_id="we_1")
    for pair, when in heard:
        one.heard[pair.event_id].append(when)
    return one


def whole(*more: tuple[Pair, Heard], **changes: Any) -> Aftermath:
    """Return what is left of one card, saved at 1, and heard of at 2, and *more*."""
    acknowledged = Heard(2.0, acknowledged=True)
    heard = ((BEFORE, acknowledged), (TOLD, acknowledged), *more)
    after = Aftermath(
        calls=[Call(0, sent_at=1.0, tries=1, intent="seti_1")],
        subscribers=[subscriber(*heard)],
        troubles=[],
        orders=[("seti_1", "order-0")],
        events={BEFORE.event_id: "seti_1", TOLD.event_id: "seti_1"},
        states={BEFORE: "delivered", TOLD: "delivered"},
        since={"well 1": 0},
        mended={TOLD: "delivered"},
        elsewhere=Subscriber("elsewhere", True, lambda: ACKNOWLEDGING),
        copied=[],
    )
    return replace(after, **changes)


def broken(after: Aftermath) -> list[str]:
    return [check.promise for check in checks(after) if not check.kept]


def test_all_is_well() -> None:
    """A card that was saved and told of breaks no promise."""
    assert broken(whole()) == []


@dataclass(frozen=True)
class Fault:
    after: Aftermath
    promise: str


AGAIN: Final = (TOLD, Heard(5.0, acknowledged=True))
FAULTS: Final = {
    "not_overcome": Fault(whole(troubles=[Trouble("killed")]), "every fault was overcome"),
    "unanswered": Fault(
        whole(calls=[Call(0)], orders=[], events={}, states={}), "every call was answered"
    ),
    "lost": Fault(whole(orders=[]), "what was answered is in the log, once, and nothing else"),
    "booked_twice": Fault(
        whole(orders=[("seti_1", "order-0"), ("seti_2", "order-0")]),
        "what was answered is in the log, once, and nothing else",
    ),
    "listed_twice": Fault(
        whole(orders=[("seti_1", "order-0")] * 2),
        "what was answered is in the log, once, and nothing else",
    ),
    "untold": Fault(
        whole(events={TOLD.event_id: "seti_1"}, states={TOLD: "delivered"}),
        "every card saved led to its events",
    ),
    "not_fanned_out": Fault(whole(states={}), "every event has its delivery to every subscriber"),
    "open": Fault(whole(states={BEFORE: "delivered", TOLD: "open"}), "every delivery has ended"),
    "unheard": Fault(whole(subscribers=[subscriber()]), "what is delivered was acknowledged"),
    "parked": Fault(
        whole(states={BEFORE: "delivered", TOLD: "parked"}),
        "who is well heard of everything",
    ),
    "never_mended": Fault(
        whole(mended={TOLD: "parked"}), "what was not delivered came when it was replayed"
    ),
    "mended_unheard": Fault(
        whole(mended={Pair("evt_2", "we_1"): "delivered"}),
        "what was not delivered came when it was replayed",
    ),
    "copied_unheard": Fault(
        whole(copied=[(TOLD.event_id, "delivered")]), "what was replayed elsewhere came there"
    ),
    "again_unasked": Fault(whole(AGAIN), "what came twice was under way at a fault"),
    "again_after_a_fault_that_found_it_written_down": Fault(
        whole(AGAIN, troubles=[Trouble("killed", began=3.0, ended=4.0)]),
        "what came twice was under way at a fault",
    ),
    "again_before_the_fault": Fault(
        whole(AGAIN, troubles=[Trouble("killed", began=6.0, ended=7.0, open={TOLD})]),
        "what came twice was under way at a fault",
    ),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_is_found(fault: Fault) -> None:
    """Each way in which a promise can be broken is told of under its name."""
    assert fault.promise in broken(fault.after)


def test_what_was_under_way_may_come_twice() -> None:
    """A delivery that a fault found under way may be acknowledged again after it."""
    trouble = Trouble("killed", began=3.0, ended=4.0, open={TOLD})
    after = whole(AGAIN, troubles=[trouble])
    assert broken(after) == []
    assert after.under_way(trouble) == 1

"""The step of an attempt, as its page finds it in the history of the intent."""

from typing import Any

import pytest

from service.domain.events import Event
from service.domain.values import Status
from service.pages.step import Ending, Step, step_in
from tests import builders as a

AGAIN = (*a.FAILED, a.started(attempt=a.SECOND_ATTEMPT, number=2))
WAITING_AGAIN = (*AGAIN, a.action_required(attempt=a.SECOND_ATTEMPT))
GIVEN_UP = a.updated(Status.REQUIRES_CONFIRMATION, payment_method="pm_other")


def _step(*history: Event, attempt: str = a.ATTEMPT) -> Step:
    step = step_in(history, attempt)
    assert step is not None
    return step


def test_waits_for_the_customer() -> None:
    """An attempt that requires action in test mode may be decided on the page."""
    step = _step(*a.WAITING)
    assert step.waits(a.AT)
    assert step.ending(a.AT) is None
    assert step.type == "card"
    assert step.method["card"]["last4"] == "4242"
    assert step.asked == a.action_required()
    assert step.owner == a.OWNER


def test_leaves_live_mode_to_the_bank() -> None:
    """An attempt in live mode waits, but not for this page."""
    step = _step(a.created_with_method(livemode=True), a.started(), a.action_required())
    assert not step.waits(a.AT)
    assert step.ending(a.AT) is None


ENDINGS: list[tuple[Ending, tuple[Any, ...]]] = [
    (Ending.SUCCEEDED, (a.succeeded(),)),
    (Ending.FAILED, (a.failed(),)),
    (Ending.CANCELED, (a.canceled(),)),
    (Ending.REPLACED, (GIVEN_UP,)),
    (Ending.CANCELED, (GIVEN_UP, a.canceled())),
    (Ending.REPLACED, (a.started(attempt=a.SECOND_ATTEMPT, number=2),)),
    (Ending.REPLACED, (a.started(attempt=a.SECOND_ATTEMPT, number=2), a.canceled())),
]


@pytest.mark.parametrize(("ending", "events"), ENDINGS)
def test_tells_what_came_of_it(ending: Ending, events: tuple[Any, ...]) -> None:
    """Whatever ends the wait is told apart, and nothing can be decided any more."""
    step = _step(*a.WAITING, *events)
    assert step.ending(a.AT) is ending
    assert not step.waits(a.AT)


def test_tells_how_it_failed() -> None:
    """The failure of an attempt is its own, not that of an earlier one."""
    assert _step(*a.WAITING, a.failed()).failed == a.failed()
    assert _step(*WAITING_AGAIN, attempt=a.SECOND_ATTEMPT).failed is None


def test_keeps_the_outcome_of_an_earlier_attempt() -> None:
    """A later attempt does not change what came of an earlier one."""
    assert _step(*WAITING_AGAIN).ending(a.AT) is Ending.FAILED
    assert _step(*WAITING_AGAIN, attempt=a.SECOND_ATTEMPT).waits(a.AT)


def test_knows_no_attempt_that_never_began() -> None:
    """There is no step of a number that the intent has not come to."""
    assert step_in(a.WAITING, a.SECOND_ATTEMPT) is None
    assert step_in((), a.ATTEMPT) is None

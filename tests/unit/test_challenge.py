"""An attempt as its page finds it in the history of its intent."""

from service.domain.values import AttemptStatus, Status
from service.pages.challenge import challenge_in
from tests import builders as a

AGAIN = (*a.FAILED, a.started(attempt=a.SECOND_ATTEMPT, number=2))


def _status(*history: object, attempt: str = a.ATTEMPT) -> AttemptStatus:
    challenge = challenge_in(history, attempt)  # type: ignore[arg-type]  # Builders make events.
    assert challenge is not None
    return challenge.attempt.status


class TestChallengeIn:
    def test_waits_for_the_customer(self) -> None:
        """An attempt that requires action in test mode may be decided on the page."""
        challenge = challenge_in(a.WAITING, a.ATTEMPT)
        assert challenge is not None
        assert challenge.waits
        assert not challenge.is_over
        assert challenge.card["last4"] == "4242"
        assert challenge.owner == a.OWNER

    def test_leaves_live_mode_to_the_bank(self) -> None:
        """An attempt in live mode waits, but not for this page."""
        live = (a.created_with_method(livemode=True), a.started(), a.action_required())
        challenge = challenge_in(live, a.ATTEMPT)
        assert challenge is not None
        assert not challenge.waits
        assert not challenge.is_over

    def test_tells_what_came_of_it(self) -> None:
        """Success, failure and cancellation end the wait."""
        assert _status(*a.WAITING, a.succeeded()) is AttemptStatus.SUCCEEDED
        assert _status(*a.WAITING, a.failed()) is AttemptStatus.FAILED
        assert _status(*a.WAITING, a.canceled()) is AttemptStatus.ABANDONED

    def test_ends_as_another_method_is_chosen(self) -> None:
        """An update that gives the attempt up ends the wait."""
        given_up = a.updated(Status.REQUIRES_CONFIRMATION, payment_method="pm_other")
        assert _status(*a.WAITING, given_up) is AttemptStatus.ABANDONED

    def test_is_abandoned_by_the_next_attempt(self) -> None:
        """An attempt that waited as the next one began waits no longer."""
        second = a.started(attempt=a.SECOND_ATTEMPT, number=2)
        assert _status(*a.WAITING, second) is AttemptStatus.ABANDONED

    def test_keeps_the_outcome_of_an_earlier_attempt(self) -> None:
        """A later attempt does not change what came of an earlier one."""
        assert _status(*AGAIN) is AttemptStatus.FAILED
        assert _status(*AGAIN, attempt=a.SECOND_ATTEMPT) is AttemptStatus.PROCESSING

    def test_knows_no_attempt_that_never_began(self) -> None:
        """There is no challenge of a number that the intent has not come to."""
        assert challenge_in(a.WAITING, a.SECOND_ATTEMPT) is None
        assert challenge_in((), a.ATTEMPT) is None

"""What comes of an attempt: the gateway's answer, the customer's, or a cancellation."""

import pytest

from service.domain import errors
from service.domain.attempt_details import attempt_details
from service.domain.commands.setup_intent import Authenticate
from service.domain.events import Event
from service.domain.setup_intent import fold, waiting_attempt
from service.domain.values import AttemptStatus, Status
from tests import builders as a
from tests.spec import given

AUTHENTICATED = attempt_details("card", a.CHECKED_CARD, a.THREE_D_SECURE)


class TestConclude:
    def test_succeeds(self) -> None:
        """What the gateway set up is set up, with the details as it left them."""
        given(*a.UNANSWERED).when(a.conclude()).then(a.succeeded())
        intent = fold(a.SUCCEEDED)
        assert (intent.status, intent.payment_method) == (Status.SUCCEEDED, a.METHOD)

    def test_fails_where_the_gateway_declines(self) -> None:
        """A decline is an event, with the whole error and the payment method as it was left."""
        given(*a.UNANSWERED).when(a.conclude(verdict=a.decline())).then(a.failed())
        intent = fold(a.FAILED)
        assert intent.status is Status.REQUIRES_PAYMENT_METHOD
        assert intent.payment_method is None

    def test_shows_the_sdk_what_to_do_without_a_way_back(self) -> None:
        """Without `return_url` the authentication happens in place."""
        given(*a.UNANSWERED).when(a.conclude(verdict=a.challenge())).then(a.action_required())

    def test_redirects_where_there_is_a_way_back(self) -> None:
        """With `return_url` the customer is sent to a page."""
        history = (a.created_with_method(), a.started(return_url=a.RETURN_URL))
        given(*history).when(a.conclude(verdict=a.challenge())).then(
            a.action_required(action="redirect_to_url", return_url=a.RETURN_URL)
        )

    def test_prefers_the_sdk_where_both_are_given(self) -> None:
        """`use_stripe_sdk` wins over `return_url`."""
        started = a.started(return_url=a.RETURN_URL, use_stripe_sdk=True)
        given(a.created_with_method(), started).when(a.conclude(verdict=a.challenge())).then(
            a.action_required(return_url=a.RETURN_URL)
        )

    @pytest.mark.parametrize("history", [(a.created_with_method(),), a.WAITING, a.FAILED])
    def test_refuses_what_nobody_asked(self, history: tuple[Event, ...]) -> None:
        """Only an attempt that is unanswered can be answered."""
        given(*history).when(a.conclude()).then_refused(errors.AttemptNotWaiting)

    def test_refuses_another_attempts_answer(self) -> None:
        """An answer belongs to one attempt."""
        command = a.conclude(attempt=a.SECOND_ATTEMPT)
        given(*a.UNANSWERED).when(command).then_refused(errors.AttemptNotWaiting)

    @pytest.mark.parametrize("history", [(), a.SUCCEEDED, a.CANCELED])
    def test_refuses_a_final_status(self, history: tuple[Event, ...]) -> None:
        """Nothing comes after the end, or before the beginning."""
        given(*history).when(a.conclude()).then_refused(errors.UnexpectedState)


class TestAuthenticate:
    def test_succeeds(self) -> None:
        """The attempt shows how the customer authenticated."""
        given(*a.WAITING).when(a.authenticate()).then(
            a.succeeded(payment_method_details=AUTHENTICATED)
        )

    def test_may_be_declined_afterwards(self) -> None:
        """An issuer may say no even so."""
        verdict = a.decline(three_d_secure=a.THREE_D_SECURE)
        given(*a.WAITING).when(a.authenticate(verdict=verdict)).then(
            a.failed(payment_method_details=AUTHENTICATED)
        )

    def test_can_be_asked_for_before_the_gateway_is(self) -> None:
        """Whether an attempt waits is told by itself, with the same refusals."""
        waiting = waiting_attempt(Authenticate, a.ATTEMPT, fold(a.WAITING), a.AT)
        assert waiting.payment_method == a.METHOD
        with pytest.raises(errors.AttemptNotWaiting):
            waiting_attempt(Authenticate, a.ATTEMPT, fold(a.SUCCEEDED), a.AT)
        with pytest.raises(errors.AttemptNotWaiting):
            waiting_attempt(Authenticate, a.SECOND_ATTEMPT, fold(a.WAITING), a.AT)

    def test_refuses_an_attempt_given_up(self) -> None:
        """Once confirmed anew, the first attempt's page is of no use."""
        history = (
            *a.WAITING,
            a.started(attempt=a.SECOND_ATTEMPT, number=2),
            a.action_required(attempt=a.SECOND_ATTEMPT),
        )
        given(*history).when(a.authenticate()).then_refused(errors.AttemptNotWaiting)
        event = given(*history).when(a.authenticate(attempt=a.SECOND_ATTEMPT)).event()
        assert event.attempt == a.SECOND_ATTEMPT

    def test_refuses_while_the_next_attempt_is_unanswered(self) -> None:
        """Nothing but the gateway's answer is taken then."""
        history = (*a.WAITING, a.started(attempt=a.SECOND_ATTEMPT, number=2))
        given(*history).when(a.authenticate()).then_refused(errors.AttemptUnanswered)

    @pytest.mark.parametrize(
        "history", [(a.created(),), (a.created_with_method(),), a.SUCCEEDED, a.CANCELED, a.FAILED]
    )
    def test_refuses_where_nobody_is_to_authenticate(self, history: tuple[Event, ...]) -> None:
        """Only an intent that requires action takes one."""
        given(*history).when(a.authenticate()).then_refused(errors.UnexpectedState)


class TestCancel:
    @pytest.mark.parametrize(
        "history", [(a.created(),), (a.created_with_method(),), a.WAITING, a.FAILED]
    )
    def test_ends_an_open_intent(self, history: tuple[Event, ...]) -> None:
        """An intent that is not at its end can be given up, with a reason."""
        given(*history).when(a.cancel(reason="abandoned")).then(a.canceled(reason="abandoned"))

    def test_gives_the_waiting_attempt_up(self) -> None:
        """The attempt is abandoned, and the payment method stays on the intent."""
        intent = fold((*a.WAITING, a.canceled()))
        assert intent.attempt
        assert intent.attempt.status is AttemptStatus.ABANDONED
        assert intent.payment_method == a.METHOD

    @pytest.mark.parametrize("history", [a.SUCCEEDED, a.CANCELED])
    def test_refuses_at_the_end(self, history: tuple[Event, ...]) -> None:
        """The refusal names the statuses in which it is possible."""
        refused = given(*history).when(a.cancel()).then_refused(errors.UnexpectedState)
        assert "`requires_action`, `requires_confirmation`" in refused.message
        assert refused.shows_intent

    def test_refuses_while_unanswered(self) -> None:
        """A setup that may yet succeed is not given up."""
        given(*a.UNANSWERED).when(a.cancel()).then_refused(errors.AttemptUnanswered)

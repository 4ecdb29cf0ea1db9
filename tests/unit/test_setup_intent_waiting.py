"""Attempts that wait: for a bank, for deposits to be named, for an instant."""

import pytest

from service.domain import errors
from service.domain.commands.setup_intent import Command, Expire, Settle, Verify
from service.domain.events import Event
from service.domain.setup_intent import fold, is_overdue
from service.domain.values import AttemptStatus, Status
from service.domain.verdicts import ActionRequired, Mismatch, Processing, Reason, Succeeded
from tests import builders as a
from tests.spec import given

DUE = a.AT + 600
DEPOSITS = "verify_with_microdeposits"
WRONG = Reason(code="wrong", type="invalid_request_error", message="That is wrong.")
TO_VERIFY = (*a.UNANSWERED, a.action_required(action=DEPOSITS, expires_at=DUE))
ON_A_PAGE = (*a.UNANSWERED, a.action_required(action="redirect_to_url", expires_at=DUE))
PROCESSING = (*a.UNANSWERED, a.processing(settles_at=DUE))


class TestConclude:
    def test_goes_on_where_the_bank_takes_its_time(self) -> None:
        """The intent is processing, and knows when it will be answered."""
        verdict = Processing(details=a.CARD, settles_at=DUE)
        given(*a.UNANSWERED).when(a.conclude(verdict=verdict)).then(a.processing(settles_at=DUE))
        intent = fold(PROCESSING)
        assert intent.status is Status.PROCESSING
        assert intent.attempt is not None
        assert (intent.attempt.status, intent.unanswered) == (AttemptStatus.PROCESSING, False)

    def test_asks_for_what_the_gateway_says(self) -> None:
        """An action that is no authentication is the same with and without an SDK."""
        shown = {"microdeposit_type": "amounts"}
        verdict = ActionRequired(details=a.CARD, action=DEPOSITS, shown=shown, expires_at=DUE)
        given(*a.UNANSWERED).when(a.conclude(verdict=verdict)).then(
            a.action_required(action=DEPOSITS, shown=shown, expires_at=DUE)
        )

    @pytest.mark.parametrize("single_use", [None, {"amount": 1, "currency": "eur"}])
    def test_tells_of_a_mandate_before_all_else(self, single_use: dict[str, object]) -> None:
        """A mandate is shown as of the kind that the intent asked for."""
        history = (a.created_with_method(single_use=single_use), a.started())
        given(*history).when(a.conclude(mandate=a.MANDATE)).then(
            a.mandate_made(single_use=single_use is not None), a.succeeded()
        )


class TestVerify:
    def test_succeeds(self) -> None:
        """Who names the deposits rightly is who the account belongs to."""
        given(*TO_VERIFY).when(a.answer(Verify)).then(a.succeeded())

    def test_counts_what_is_wrong(self) -> None:
        """The attempt goes on waiting, and remembers how often it was asked."""
        history = (*TO_VERIFY, a.verification_failed())
        given(*history).when(a.answer(Verify, verdict=Mismatch(reason=WRONG))).then(
            a.verification_failed(tries=2, error=WRONG.as_error())
        )
        intent = fold(history)
        assert intent.status is Status.REQUIRES_ACTION
        assert intent.attempt is not None
        assert (intent.attempt.tries, intent.attempt.due_at) == (1, DUE)

    def test_fails_with_the_last_try(self) -> None:
        """The intent wants another payment method, and says why."""
        event = (
            given(*TO_VERIFY)
            .when(a.answer(Verify, verdict=Mismatch(reason=WRONG, final=True)))
            .event()
        )
        assert (type(event), event.error) == (type(a.failed()), WRONG.as_error())

    @pytest.mark.parametrize(
        "history", [(a.created(),), a.WAITING, ON_A_PAGE, PROCESSING, a.SUCCEEDED, a.CANCELED]
    )
    def test_refuses_where_there_is_nothing_to_verify(self, history: tuple[Event, ...]) -> None:
        """Only deposits that an attempt waits for can be named."""
        refused = given(*history).when(a.answer(Verify)).then_refused(errors.NotVerifiable)
        assert (refused.code, refused.param) == ("intent_invalid_state", None)
        assert refused.shows_intent

    def test_is_not_done_on_a_page(self) -> None:
        """A page's yes is no answer to what the deposits were."""
        given(*TO_VERIFY).when(a.authenticate()).then_refused(errors.AttemptNotWaiting)


class TestSettle:
    def test_succeeds(self) -> None:
        """What the provider takes is set up."""
        given(*PROCESSING).when(a.answer(Settle, at=DUE)).then(a.succeeded(at=DUE))

    def test_fails(self) -> None:
        """What the provider turns down is not."""
        given(*PROCESSING).when(a.answer(Settle, at=DUE, verdict=a.decline())).then(
            a.failed(at=DUE)
        )

    @pytest.mark.parametrize("at", [a.AT, DUE - 1])
    def test_waits_for_its_instant(self, at: int) -> None:
        """Nobody answers for the provider before it does."""
        given(*PROCESSING).when(a.answer(Settle, at=at)).then_refused(errors.AttemptNotWaiting)

    def test_never_comes_where_no_instant_is_known(self) -> None:
        """A provider that does not answer is waited for without end."""
        history = (*a.UNANSWERED, a.processing())
        given(*history).when(a.answer(Settle, at=DUE)).then_refused(errors.AttemptNotWaiting)

    @pytest.mark.parametrize("history", [ON_A_PAGE, a.SUCCEEDED, a.FAILED])
    def test_refuses_what_is_not_processing(self, history: tuple[Event, ...]) -> None:
        """One that comes twice decides nothing."""
        given(*history).when(a.answer(Settle, at=DUE)).then_refused(errors.UnexpectedState)


class TestExpire:
    @pytest.mark.parametrize("history", [TO_VERIFY, ON_A_PAGE])
    def test_fails_what_waits_for_its_customer(self, history: tuple[Event, ...]) -> None:
        """When the time is over, it is over."""
        given(*history).when(a.answer(Expire, at=DUE, verdict=a.decline())).then(a.failed(at=DUE))

    def test_waits_for_its_instant(self) -> None:
        """The customer has the whole last second."""
        command = a.answer(Expire, at=DUE - 1, verdict=a.decline())
        given(*ON_A_PAGE).when(command).then_refused(errors.AttemptNotWaiting)

    def test_refuses_what_has_no_end(self) -> None:
        """An authentication that nobody limits is never too late."""
        command = a.answer(Expire, at=DUE, verdict=a.decline())
        given(*a.WAITING).when(command).then_refused(errors.AttemptNotWaiting)


class TestProcessing:
    @pytest.mark.parametrize("command", [a.confirm(), a.cancel(), a.update(payment_method=None)])
    def test_refuses(self, command: Command) -> None:
        """What the provider has taken on is neither done again nor given up nor changed."""
        refused = given(*PROCESSING).when(command).then_refused(errors.UnexpectedState)
        assert refused.code == "setup_intent_unexpected_state"

    def test_may_be_described(self) -> None:
        """A description is changed at any time, and changes nothing else."""
        given(*PROCESSING).when(a.update(description="A desk")).then(
            a.updated(Status.PROCESSING, description="A desk")
        )


def test_an_instant_has_come_with_its_second() -> None:
    """Not before, and from then on."""
    attempt = fold(PROCESSING).attempt
    assert attempt is not None
    assert [is_overdue(attempt, at) for at in (DUE - 1, DUE, DUE + 1)] == [False, True, True]


def test_what_was_answered_is_due_no_more() -> None:
    """Whatever ends an attempt ends its wait."""
    for ending in (a.succeeded(), a.failed(), a.canceled()):
        attempt = fold((*ON_A_PAGE, ending)).attempt
        assert attempt is not None
        assert attempt.due_at is None


def test_a_generated_payment_method_is_told_with_its_mandate() -> None:
    """The attempt shows what its setup has made, for ever."""
    made = Succeeded(details={}, generated=a.GENERATED, attempt={"iban_last4": "3000"})
    method = a.method(type="ideal", details={})
    command = a.conclude(
        payment_method=method, verdict=made, mandate=a.MANDATE, generated="pm_made"
    )
    _, event = given(*a.UNANSWERED).when(command).events()
    assert isinstance(event, type(a.succeeded()))
    shown = event.payment_method_details["ideal"]
    assert (shown["generated_sepa_debit"], shown["generated_sepa_debit_mandate"]) == (
        "pm_made",
        a.MANDATE,
    )
    assert shown["iban_last4"] == "3000"
    assert shown["bank"] is None

"""Which confirmations start an attempt, and which are refused for what."""

from typing import Any

import pytest

from service.domain import errors
from service.domain.events import Event
from service.domain.method_types import TYPES
from service.domain.setup_intent import ATTEMPTS_MAX, fold
from service.domain.setup_intent_confirmation import started
from service.ids import attempt_id
from tests import builders as a
from tests.spec import given

AUTOMATIC = {"allow_redirects": "always", "enabled": True}
ACCEPTED = {"customer_acceptance": {"type": "offline"}}
INFERRED = {"customer_acceptance": {"online": {"ip_address": "203.0.113.7"}, "type": "online"}}
SEPA = a.method(type="sepa_debit")
OF_SEPA = a.created(payment_method_types=("sepa_debit",))
OPEN_HISTORIES = [(a.created(),), (a.created_with_method(),), a.FAILED]


class TestConfirm:
    @pytest.mark.parametrize("history", [OPEN_HISTORIES[0], OPEN_HISTORIES[1]])
    def test_starts_the_first_attempt(self, history: tuple[Event, ...]) -> None:
        """An open intent with a payment method is attempted."""
        given(*history).when(a.confirm()).then(a.started())

    def test_prefers_the_payment_method_of_the_request(self) -> None:
        """The payment method named in the request replaces the intent's own."""
        given(a.created_with_method()).when(a.confirm(payment_method=a.method(id="pm_2"))).then(
            a.started(payment_method="pm_2")
        )

    @pytest.mark.parametrize("history", [a.WAITING, a.FAILED])
    def test_starts_another_attempt(self, history: tuple[Event, ...]) -> None:
        """A declined or abandoned attempt is followed by one with the next number."""
        given(*history).when(a.confirm(attempt=a.SECOND_ATTEMPT)).then(
            a.started(attempt=a.SECOND_ATTEMPT, number=2)
        )

    def test_cancels_when_there_have_been_enough(self) -> None:
        """The confirmation after the last one that may be cancels the intent."""
        history: list[Event] = [a.created()]
        for number in range(1, ATTEMPTS_MAX + 1):
            attempt = attempt_id(a.INTENT, number)
            history += [
                a.started(attempt=attempt, number=number),
                a.failed(attempt=attempt),
            ]
        one_more = attempt_id(a.INTENT, ATTEMPTS_MAX + 1)
        given(*history).when(a.confirm(attempt=one_more)).then(a.canceled())
        given(*history[:-2]).when(a.confirm(attempt=attempt)).then(
            a.started(attempt=attempt, number=ATTEMPTS_MAX)
        )

    def test_keeps_what_the_attempt_goes_by(self) -> None:
        """The attempt has the intent's customer and the request's ways."""
        request: dict[str, Any] = {
            "return_url": a.RETURN_URL,
            "use_stripe_sdk": True,
            "mandate_data": {"customer_acceptance": {"type": "online"}},
        }
        given(a.created(customer=a.CUSTOMER)).when(a.confirm(**request)).then(
            a.started(customer=a.CUSTOMER, **request)
        )

    def test_lays_its_options_over_the_intents(self) -> None:
        """Options of the confirmation win, member by member."""
        history = a.created(payment_method_options={"card": {"network": "visa", "x": "1"}})
        options = {"card": {"network": "mastercard"}}
        event = given(history).when(a.confirm(payment_method_options=options)).event()
        assert event.payment_method_options == {"card": {"network": "mastercard", "x": "1"}}

    def test_takes_the_customers_own_payment_method(self) -> None:
        """A payment method may be set up again for the customer that has it."""
        given(a.created(customer=a.CUSTOMER)).when(
            a.confirm(payment_method=a.method(customer=a.CUSTOMER))
        ).then(a.started(customer=a.CUSTOMER))


class TestPaymentMethodMissing:
    @pytest.mark.parametrize(
        "history", [(a.created(),), a.FAILED, a.SUCCEEDED, (a.created(), a.canceled())]
    )
    def test_is_told_before_the_status(self, history: tuple[Event, ...]) -> None:
        """That there is nothing to confirm wins over any status."""
        refused = (given(*history).when(a.confirm(payment_method=None))).then_refused(
            errors.PaymentMethodMissing
        )
        assert (refused.code, refused.param) == ("setup_intent_unexpected_state", None)
        assert refused.shows_intent


class TestStatus:
    @pytest.mark.parametrize("history", [a.SUCCEEDED, a.CANCELED])
    def test_final_refuses(self, history: tuple[Event, ...]) -> None:
        """Succeeded and canceled are final."""
        refused = given(*history).when(a.confirm()).then_refused(errors.UnexpectedState)
        assert refused.code == "setup_intent_unexpected_state"
        assert refused.shows_intent

    def test_wins_over_ownership(self) -> None:
        """Of a canceled intent nothing else is said."""
        command = a.confirm(payment_method=a.method(customer="cus_other"))
        given(*a.CANCELED).when(command).then_refused(errors.UnexpectedState)

    def test_unanswered_refuses(self) -> None:
        """A setup is never submitted beside another one."""
        given(*a.UNANSWERED).when(a.confirm()).then_refused(errors.AttemptUnanswered)

    def test_of_an_empty_stream_refuses(self) -> None:
        """What was never created cannot be confirmed."""
        given().when(a.confirm()).then_refused(errors.UnexpectedState)


class TestPaymentMethod:
    def test_of_another_customer_is_refused_first(self) -> None:
        """Ownership is told before the type is."""
        method = a.method(customer="cus_other", type="klarna", spent=True)
        refused = (
            given(a.created(customer=a.CUSTOMER)).when(a.confirm(payment_method=method))
        ).then_refused(errors.BelongsToAnotherCustomer)
        assert refused.shows_intent

    def test_of_a_customer_not_named_is_refused(self) -> None:
        """An intent without a customer takes nobody's payment method."""
        method = a.method(customer=a.CUSTOMER)
        given(a.created()).when(a.confirm(payment_method=method)).then_refused(
            errors.CustomerNotNamed
        )

    def test_of_another_type_is_refused_before_its_use(self) -> None:
        """The type is told before that it is spent."""
        method = a.method(type="klarna", spent=True)
        given(a.created()).when(a.confirm(payment_method=method)).then_refused(
            errors.TypeNotAllowed
        )

    @pytest.mark.parametrize("used_up", [{"spent": True}, {"detached": True}])
    def test_used_up_is_refused(self, used_up: dict[str, bool]) -> None:
        """A payment method without a customer is set up once."""
        command = a.confirm(payment_method=a.method(**used_up))
        given(a.created()).when(command).then_refused(errors.PaymentMethodUsedUp)


class TestReturnUrl:
    def test_is_wanted_where_the_customer_may_be_sent_away(self) -> None:
        """Automatic payment methods may redirect, so there has to be a way back."""
        refused = (
            given(a.created(automatic_payment_methods=AUTOMATIC)).when(a.confirm())
        ).then_refused(errors.ReturnUrlMissing)
        assert refused.shows_intent
        assert "`return_url`" in refused.message

    @pytest.mark.parametrize("way", [{"return_url": a.RETURN_URL}, {"use_stripe_sdk": True}])
    def test_or_the_sdk_is_a_way_back(self, way: dict[str, Any]) -> None:
        """An SDK shows the authentication in place."""
        given(a.created(automatic_payment_methods=AUTOMATIC)).when(a.confirm(**way)).then(
            a.started(**way)
        )

    @pytest.mark.parametrize(
        "automatic",
        [
            None,
            {"allow_redirects": "never", "enabled": True},
            {"allow_redirects": "always", "enabled": False},
        ],
    )
    def test_is_not_wanted_where_nobody_is_sent_away(self, automatic: Any) -> None:
        """Named types, and methods that never redirect, do without."""
        history = a.created(automatic_payment_methods=automatic)
        given(history).when(a.confirm()).then(a.started())


class TestRedirectingType:
    def test_needs_a_way_back(self) -> None:
        """A named type that redirects wants a return_url, whatever is automatic."""
        history = a.created(payment_method_types=("satispay",))
        command = a.confirm(payment_method=a.method(type="satispay"))
        refused = given(history).when(command).then_refused(errors.ReturnUrlNeeded)
        assert (refused.code, refused.param) == ("parameter_missing", "return_url")
        assert refused.shows_intent

    @pytest.mark.parametrize("way", [{"return_url": a.RETURN_URL}, {"use_stripe_sdk": True}])
    def test_goes_with_a_way_back(self, way: dict[str, Any]) -> None:
        """A return_url is one, and an SDK makes its own."""
        history = a.created(payment_method_types=("satispay",))
        command = a.confirm(payment_method=a.method(type="satispay"), **way)
        details = {"satispay": {}, "type": "satispay"}
        given(history).when(command).then(a.started(payment_method_details=details, **way))


class TestMandate:
    @pytest.mark.parametrize("name", sorted(n for n, each in TYPES.items() if each.mandate))
    def test_needs_to_be_accepted(self, name: str) -> None:
        """A type that makes a mandate wants to hear how its customer accepted it."""
        command = a.confirm(payment_method=a.method(type=name), return_url=a.RETURN_URL)
        history = a.created(payment_method_types=(name,))
        refused = given(history).when(command).then_refused(errors.MandateDataMissing)
        assert (refused.code, refused.param) == (None, "mandate_data")
        assert refused.shows_intent

    @pytest.mark.parametrize(
        ("said", "accepted"),
        [
            ({}, {"customer_acceptance": {"type": "online"}}),
            ({"inferred_mandate_data": INFERRED}, INFERRED),
            ({"mandate_data": ACCEPTED, "inferred_mandate_data": INFERRED}, ACCEPTED),
        ],
    )
    def test_of_a_card_is_accepted_at_the_bank(
        self, said: dict[str, Any], accepted: dict[str, Any]
    ) -> None:
        """For an e-mandate nobody has to say more than its terms."""
        card, terms = {**a.CARD, "country": "IN"}, {"card": {"mandate_options": {"amount": 1}}}
        command = a.confirm(
            payment_method=a.method(details=card), payment_method_options=terms, **said
        )
        assert started(command, fold([a.created()])).mandate_data == accepted

    def test_is_told_after_everything_else(self) -> None:
        """The type, the use and the way back are told first."""
        history = a.created(payment_method_types=("ideal",))
        command = a.confirm(payment_method=a.method(type="ideal"))
        given(history).when(command).then_refused(errors.ReturnUrlNeeded)

    def test_is_accepted_by_what_the_request_says(self) -> None:
        """What is said wins over what could be inferred."""
        command = a.confirm(
            payment_method=SEPA, mandate_data=ACCEPTED, inferred_mandate_data=INFERRED
        )
        assert given(OF_SEPA).when(command).event().mandate_data == ACCEPTED

    def test_is_inferred_where_the_customer_asks_in_person(self) -> None:
        """A publishable key's own request is an acceptance, where one is needed."""
        command = a.confirm(payment_method=SEPA, inferred_mandate_data=INFERRED)
        assert given(OF_SEPA).when(command).event().mandate_data == INFERRED
        command = a.confirm(inferred_mandate_data=INFERRED)
        assert given(a.created()).when(command).event().mandate_data is None

    def test_may_be_there_already(self) -> None:
        """A payment method with a mandate that holds needs no other."""
        command = a.confirm(payment_method=SEPA, mandate=a.MANDATE)
        assert given(OF_SEPA).when(command).event().mandate_data is None


def test_a_type_that_old_logs_know_is_refused() -> None:
    """An intent may name a type that cannot be set up: it takes none of its methods."""
    command = a.confirm(payment_method=a.method(type="eps"))
    given(a.created(payment_method_types=("eps",))).when(command).then_refused(
        errors.TypeNotAllowed
    )

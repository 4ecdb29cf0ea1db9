"""What updating a SetupIntent leads to."""

from typing import Any

import pytest

from service.domain import errors
from service.domain.offered_types import AUTOMATIC
from service.domain.setup_intent import fold
from service.domain.values import AttemptStatus, Status, replace
from tests import builders as a
from tests.spec import given

OTHER = "pm_000000000000000000another"


class TestUpdate:
    def test_changes_what_is_named(self) -> None:
        """An attribute that is not named stays as it was."""
        given(a.created()).when(a.update(description="New")).then(a.updated(description="New"))

    def test_merges_metadata(self) -> None:
        """A key with an empty value is removed, another is added, the rest stays."""
        history = a.created(metadata={"a": "1", "b": "2"})
        given(history).when(a.update(metadata={"a": "", "c": "3"})).then(
            a.updated(metadata={"b": "2", "c": "3"})
        )

    def test_clears_metadata(self) -> None:
        """An empty value for the whole of metadata removes every key."""
        given(a.created(metadata={"a": "1"})).when(a.update(metadata="")).then(
            a.updated(metadata={})
        )

    def test_lays_options_over_the_old_ones(self) -> None:
        """Options are merged type by type and member by member."""
        history = a.created(payment_method_options={"card": {"network": "visa"}})
        options = {"card": {"request_three_d_secure": "any"}}
        given(history).when(a.update(payment_method_options=options)).then(
            a.updated(
                payment_method_options={
                    "card": {"network": "visa", "request_three_d_secure": "any"}
                }
            )
        )

    def test_of_nothing_is_nothing(self) -> None:
        """An empty update is answered, and leaves no event."""
        given(a.created()).when(a.update()).then_nothing()

    def test_adds_up(self) -> None:
        """A second update starts from what the first one left."""
        history = (a.created(metadata={"a": "1"}), a.updated(metadata={"b": "2"}))
        given(*history).when(a.update(metadata={"c": "3"})).then(
            a.updated(metadata={"b": "2", "c": "3"})
        )


class TestTypes:
    def test_named_end_the_automatic_choice(self) -> None:
        """Explicit types and automatic payment methods exclude each other."""
        history = a.created(automatic_payment_methods={"allow_redirects": "never", "enabled": True})
        given(history).when(a.update(payment_method_types=("card",))).then(
            a.updated(payment_method_types=("card",), automatic_payment_methods=None)
        )

    def test_are_chosen_anew_by_a_filter(self) -> None:
        """A new filter is laid over all types that can be set up."""
        history = a.created(payment_method_types=("sepa_debit",))
        allowed = ("card", "klarna")
        given(history).when(a.update(allowed_payment_method_types=allowed)).then(
            a.updated(allowed_payment_method_types=allowed, payment_method_types=allowed)
        )

    def test_of_a_single_payment_stay_such(self) -> None:
        """A filter brings in nothing that has no mandate for one payment."""
        single_use = {"amount": 1999, "currency": "eur"}
        history = a.created(payment_method_types=("ideal",), single_use=single_use)
        allowed = ("card", "sepa_debit")
        given(history).when(a.update(allowed_payment_method_types=allowed)).then(
            a.updated(allowed_payment_method_types=allowed, payment_method_types=("sepa_debit",))
        )

    def test_that_never_redirect_stay_such(self) -> None:
        """What is excluded is taken from all that are enabled and send nobody away."""
        history = a.created(automatic_payment_methods={"allow_redirects": "never", "enabled": True})
        command = a.update(excluded_payment_method_types=("sepa_debit",))
        command = replace(command, enabled=("card", "klarna", "sepa_debit", "us_bank_account"))
        given(history).when(command).then(
            a.updated(
                excluded_payment_method_types=("sepa_debit",),
                payment_method_types=("card", "us_bank_account"),
            )
        )

    def test_that_are_allowed_stay_so(self) -> None:
        """What is excluded later is taken from what was allowed."""
        allowed = ("card", "klarna", "sepa_debit")
        history = a.created(allowed_payment_method_types=allowed, payment_method_types=allowed)
        given(history).when(a.update(excluded_payment_method_types=("klarna",))).then(
            a.updated(
                excluded_payment_method_types=("klarna",),
                payment_method_types=("card", "sepa_debit"),
            )
        )

    def test_read_from_the_log_are_as_they_were_written(self) -> None:
        """A list in JSON is the tuple that it was."""
        assert fold([a.created(), a.updated(payment_method_types=["card"])]) == fold(
            [a.created(), a.updated(payment_method_types=("card",))]
        )

    def test_refuse_to_be_none(self) -> None:
        """A filter that leaves no type is refused."""
        command = a.update(allowed_payment_method_types=("eps",))
        given(a.created()).when(command).then_refused(errors.NoTypeLeft)

    def test_are_those_of_another_configuration(self) -> None:
        """Another configuration makes the choice anew, less what is excluded."""
        history = a.created(excluded_payment_method_types=("klarna",))
        command = a.update(payment_method_configuration="pmc_2")
        command = replace(command, enabled=("card", "klarna", "sepa_debit"))
        given(history).when(command).then(
            a.updated(
                payment_method_configuration="pmc_2",
                payment_method_types=("card", "sepa_debit"),
                automatic_payment_methods=AUTOMATIC,
            )
        )

    def test_that_were_named_are_only_excluded_from(self) -> None:
        """What is excluded is taken from types that were named; no other comes in for it."""
        history = a.created(payment_method_types=("card", "sepa_debit"))
        given(history).when(a.update(excluded_payment_method_types=("card",))).then(
            a.updated(excluded_payment_method_types=("card",), payment_method_types=("sepa_debit",))
        )

    def test_that_are_named_are_no_longer_allowed_ones(self) -> None:
        """An intent that names its types allows none besides, and leaves out what it excludes."""
        history = a.created(
            allowed_payment_method_types=("card",), excluded_payment_method_types=("klarna",)
        )
        given(history).when(a.update(payment_method_types=("klarna", "ideal"))).then(
            a.updated(
                payment_method_types=("ideal",),
                allowed_payment_method_types=None,
                automatic_payment_methods=None,
            )
        )

    @pytest.mark.parametrize(
        ("sent", "there"),
        [
            ("allowed_payment_method_types", "excluded_payment_method_types"),
            ("excluded_payment_method_types", "allowed_payment_method_types"),
        ],
    )
    def test_that_are_none_are_the_fault_of_what_was_sent(self, sent: str, there: str) -> None:
        """Where two filters leave nothing together, the one in the request is to blame."""
        history = a.created(**{there: ("card",)})
        refused = given(history).when(a.update(**{sent: ("card",)})).then_refused(errors.NoTypeLeft)
        assert refused.param == sent


class TestPaymentMethod:
    def test_named_first_is_to_be_confirmed(self) -> None:
        """An intent that got its payment method waits for confirmation."""
        given(a.created()).when(a.update(a.method(), payment_method=a.METHOD)).then(
            a.updated(Status.REQUIRES_CONFIRMATION, payment_method=a.METHOD)
        )

    def test_unset_is_required_again(self) -> None:
        """Without its payment method the intent requires one."""
        given(a.created_with_method()).when(a.update(payment_method=None)).then(
            a.updated(Status.REQUIRES_PAYMENT_METHOD, payment_method=None)
        )

    def test_named_again_keeps_the_waiting_attempt(self) -> None:
        """The same payment method changes nothing for the customer who authenticates."""
        given(*a.WAITING).when(a.update(a.method(), payment_method=a.METHOD)).then(
            a.updated(Status.REQUIRES_ACTION, payment_method=a.METHOD)
        )

    def test_replaced_gives_the_waiting_attempt_up(self) -> None:
        """An attempt with the old payment method cannot be authenticated any more."""
        history = (*a.WAITING, a.updated(Status.REQUIRES_CONFIRMATION, payment_method=OTHER))
        given(*a.WAITING).when(a.update(a.method(id=OTHER), payment_method=OTHER)).then(history[-1])
        given(*history).when(a.authenticate()).then_refused(errors.UnexpectedState)
        attempt = fold(history).attempt
        assert attempt
        assert attempt.status is AttemptStatus.ABANDONED
        again = given(*history).when(a.confirm(attempt=a.SECOND_ATTEMPT)).event()
        assert again.number == 2

    def test_of_another_customer_is_refused(self) -> None:
        """Ownership is checked against the customer that the update leaves."""
        method = a.method(customer="cus_other")
        command = a.update(method, payment_method=a.METHOD, customer=a.CUSTOMER)
        refused = given(a.created()).when(command).then_refused(errors.BelongsToAnotherCustomer)
        assert refused.shows_intent

    def test_is_checked_against_a_new_customer(self) -> None:
        """A customer cannot be named whose payment method the intent's is not."""
        command = a.update(a.method(customer="cus_other"), customer=a.CUSTOMER)
        given(a.created_with_method()).when(command).then_refused(errors.BelongsToAnotherCustomer)

    def test_used_up_by_the_intent_itself_lets_a_customer_be_named(self) -> None:
        """A new customer asks nothing of a payment method that belongs to nobody."""
        command = a.update(a.method(spent=True), customer=a.CUSTOMER)
        given(*a.SUCCEEDED).when(command).then(a.updated(Status.SUCCEEDED, customer=a.CUSTOMER))

    def test_is_checked_against_new_types(self) -> None:
        """The types that the update leaves are those that count."""
        command = a.update(a.method(), payment_method=a.METHOD, payment_method_types=("ideal",))
        given(a.created()).when(command).then_refused(errors.TypeNotAllowed)

    def test_used_up_is_refused(self) -> None:
        """What was spent cannot be named again."""
        command = a.update(a.method(spent=True), payment_method=a.METHOD)
        given(a.created()).when(command).then_refused(errors.PaymentMethodUsedUp)


class TestCustomer:
    def test_is_refused_beside_the_account_itself(self) -> None:
        """An intent for the account itself takes no customer."""
        given(a.created(attach_to_self=True)).when(a.update(customer=a.CUSTOMER)).then_refused(
            errors.CustomerBesideSelf
        )

    def test_keeps_the_account_itself_away(self) -> None:
        """An intent of a customer is not for the account itself, whatever else is updated."""
        given(a.created(customer=a.CUSTOMER)).when(a.update(attach_to_self=True)).then_refused(
            errors.CustomerBesideSelf
        )

    def test_may_be_replaced_by_the_account_itself(self) -> None:
        """Both in one update are judged by what results."""
        given(a.created(customer=a.CUSTOMER)).when(
            a.update(customer=None, attach_to_self=True)
        ).then(a.updated(customer=None, attach_to_self=True))


class TestStatus:
    @pytest.mark.parametrize("name", ["description", "metadata", "customer"])
    def test_succeeded_still_takes_notes(self, name: str) -> None:
        """Description, metadata and customer change after the success."""
        value: Any = {"metadata": {"a": "1"}, "customer": a.CUSTOMER}.get(name, "New")
        given(*a.SUCCEEDED).when(a.update(**{name: value})).then(
            a.updated(Status.SUCCEEDED, **{name: value})
        )

    def test_succeeded_takes_all_notes_at_once(self) -> None:
        """What may change at any time may change together."""
        notes: dict[str, Any] = {
            "customer": a.CUSTOMER,
            "customer_account": None,
            "description": "New",
            "metadata": {"a": "1"},
        }
        event = given(*a.SUCCEEDED).when(a.update(**notes)).event()
        assert event.changed.keys() >= {"customer", "description", "metadata"}

    def test_succeeded_keeps_its_payment_method(self) -> None:
        """The refusal shows the intent."""
        command = a.update(a.method(id=OTHER), payment_method=OTHER)
        refused = given(*a.SUCCEEDED).when(command).then_refused(errors.UnexpectedState)
        assert refused.code == "setup_intent_unexpected_state"
        assert refused.shows_intent
        assert refused.message.startswith("You cannot update ")
        assert "succeeded" in refused.message

    @pytest.mark.parametrize("name", ["description", "payment_method"])
    def test_canceled_takes_nothing(self, name: str) -> None:
        """Every update fails after a cancellation."""
        given(*a.CANCELED).when(a.update(**{name: None})).then_refused(errors.UnexpectedState)

    def test_unanswered_takes_nothing(self) -> None:
        """While the gateway owes an answer, nothing changes under it."""
        refused = (given(*a.UNANSWERED).when(a.update(description="New"))).then_refused(
            errors.AttemptUnanswered
        )
        assert a.ATTEMPT in refused.message

"""What may be asked of a PaymentMethod, and what it leads to."""

import pytest

from service.domain import errors
from service.domain.events import Event
from service.domain.payment_method import Standing, facts, fold
from service.domain.verdicts import ActionRequired
from tests import builders as a
from tests import neighbours as n
from tests.spec import given

NEW = n.method_created()
ATTACHED = (NEW, n.method_attached())
DETACHED = (*ATTACHED, n.method_detached())
CARD = a.CARD
SPENT = (NEW, n.method_checked(spent=True))
USED_UP = [DETACHED, SPENT]
UNVERIFIED = ActionRequired(details=a.CHECKED_CARD, action="verify_with_microdeposits")


class TestCreate:
    def test_belongs_to_nobody(self) -> None:
        """A new payment method is free."""
        given().when(n.create_method()).then(NEW)
        assert fold([NEW]).standing is Standing.FREE

    def test_keeps_what_it_is_given(self) -> None:
        """Every attribute of the command is in the event, but for empty metadata."""
        given().when(n.create_method(metadata={"a": "1", "b": ""}, allow_redisplay="always")).then(
            n.method_created(metadata={"a": "1"}, allow_redisplay="always")
        )

    def test_refuses_to_create_twice(self) -> None:
        """A stream begins once."""
        given(NEW).when(n.create_method()).then_refused(errors.ResourceExists)


class TestUpdate:
    def test_merges_hash_by_hash(self) -> None:
        """Members that are not named stay as they were, at any depth."""
        given(*ATTACHED).when(n.update_method(billing_details={"address": {"city": "Oslo"}})).then(
            n.method_updated(
                billing_details={
                    **n.BILLING,
                    "address": {**n.BILLING["address"], "city": "Oslo"},
                }
            )
        )

    def test_unsets_every_leaf_of_a_hash(self) -> None:
        """A hash that is unset keeps its shape."""
        oslo = {**n.BILLING, "address": {**n.BILLING["address"], "city": "Oslo"}}
        given(NEW, n.method_updated(billing_details=oslo), n.method_attached()).when(
            n.update_method(billing_details={"address": None})
        ).then(n.method_updated(billing_details=n.BILLING))

    def test_merges_metadata(self) -> None:
        """Metadata follows its own rules."""
        history = (n.method_created(metadata={"a": "1"}), n.method_attached())
        given(*history).when(n.update_method(metadata={"a": "", "b": "2"})).then(
            n.method_updated(metadata={"b": "2"})
        )

    def test_tells_only_what_changed(self) -> None:
        """An attribute that had its value already is no news."""
        command = n.update_method(allow_redisplay="always", metadata={})
        given(*ATTACHED).when(command).then(n.method_updated(allow_redisplay="always"))

    def test_of_nothing_new_is_nothing(self) -> None:
        """Subscribers hear nothing of an update that changes nothing."""
        given(*ATTACHED).when(n.update_method(details={"exp_year": 2030})).then_nothing()

    @pytest.mark.parametrize("history", [(NEW,), *USED_UP])
    def test_refuses_without_a_customer(self, history: tuple[Event, ...]) -> None:
        """Only a customer's payment method can be updated."""
        refused = given(*history).when(n.update_method()).then_refused(errors.NotAttached)
        assert a.METHOD in refused.message


class TestAttach:
    def test_gives_it_to_the_customer(self) -> None:
        """The details are kept as the check left them."""
        given(NEW).when(n.attach()).then(n.method_attached())

    def test_again_is_nothing(self) -> None:
        """Attaching to the same customer twice is fine, and no news."""
        given(*ATTACHED).when(n.attach(verdict=a.decline())).then_nothing()

    def test_elsewhere_refuses(self) -> None:
        """It has one customer."""
        refused = (given(*ATTACHED).when(n.attach(customer="cus_other"))).then_refused(
            errors.AttachedElsewhere
        )
        assert refused.code is None

    def test_refuses_what_is_used_up(self) -> None:
        """What was detached is never attached again."""
        given(*DETACHED).when(n.attach()).then_refused(errors.PaymentMethodUsedUp)

    def test_takes_what_was_set_up_without_a_customer(self) -> None:
        """A customer who comes after the setup can still have it, and then it serves again."""
        given(*SPENT).when(n.attach()).then(n.method_attached())
        attached = fold([*SPENT, n.method_attached()])
        assert (attached.standing, attached.spent) == (Standing.ATTACHED, False)
        given(*SPENT, n.method_attached()).when(n.check(spent=True)).then_nothing()

    def test_takes_an_account_that_was_verified_in_a_setup(self) -> None:
        """What a setup has verified needs no deposits again."""
        given(*SPENT).when(n.attach(verdict=UNVERIFIED)).then(n.method_attached())

    def test_refuses_a_declined_card(self) -> None:
        """The refusal is a card error with the gateway's reason."""
        refused = given(NEW).when(n.attach(verdict=a.decline())).then_refused(errors.CardRefused)
        assert refused.declined
        assert refused.reason == a.REASON

    def test_does_not_wait_for_authentication(self) -> None:
        """A card that wants authentication is attached all the same."""
        given(NEW).when(n.attach(verdict=a.challenge())).then(n.method_attached())

    @pytest.mark.parametrize("name", ["bancontact", "ideal", "sofort", "eps", "giropay", "oxxo"])
    def test_refuses_a_type_that_nobody_can_have(self, name: str) -> None:
        """What is used once, or makes another one for later, never belongs to a customer."""
        refused = (
            given(n.method_created(type=name))
            .when(n.attach())
            .then_refused(errors.TypeNotAttachable)
        )
        assert refused.code == "payment_method_unsupported_type"

    def test_refuses_an_account_that_nobody_has_verified(self) -> None:
        """A bank account is verified by a SetupIntent before a customer gets it."""
        history = n.method_created(type="us_bank_account")
        refused = given(history).when(n.attach(verdict=UNVERIFIED)).then_refused(errors.NotVerified)
        assert refused.code == "payment_method_unexpected_state"


class TestDetach:
    def test_takes_it_away_for_good(self) -> None:
        """A detached payment method is used up."""
        given(*ATTACHED).when(n.detach()).then(n.method_detached())
        assert fold(DETACHED).standing is Standing.USED_UP

    @pytest.mark.parametrize("history", [(), (NEW,), *USED_UP])
    def test_refuses_what_nobody_has(self, history: tuple[Event, ...]) -> None:
        """There is nothing to detach it from."""
        refused = given(*history).when(n.detach()).then_refused(errors.NotAttached)
        assert refused.code is None


class TestCheck:
    def test_keeps_what_was_found(self) -> None:
        """The details are the payment method's from now on."""
        given(NEW).when(n.check()).then(n.method_checked())
        assert fold([NEW, n.method_checked()]).details == a.CHECKED_CARD

    def test_that_found_nothing_new_is_nothing(self) -> None:
        """A second look changes nothing."""
        given(NEW, n.method_checked()).when(n.check()).then_nothing()

    def test_spends_what_has_no_customer(self) -> None:
        """Set up without a customer, it may not be used again."""
        given(NEW).when(n.check(spent=True)).then(n.method_checked(spent=True))
        assert fold(SPENT).standing is Standing.SPENT

    def test_does_not_spend_a_customers(self) -> None:
        """A customer's payment method can be used many times."""
        given(*ATTACHED).when(n.check(spent=True)).then_nothing()

    @pytest.mark.parametrize("history", USED_UP)
    def test_refuses_to_spend_twice(self, history: tuple[Event, ...]) -> None:
        """Of two intents that race for one payment method, one gets it."""
        given(*history).when(n.check(spent=True)).then_refused(errors.PaymentMethodUsedUp)

    def test_of_what_is_used_up_is_kept(self) -> None:
        """What a declined attempt found is noted whatever became of the payment method."""
        details = {**a.CARD, "exp_year": 2031}
        given(*SPENT).when(n.check(details=details)).then(n.method_checked(details=details))


class TestMandates:
    def test_are_noted(self) -> None:
        """A setup attempt tells which mandate it has made, also where it found nothing new."""
        command = n.check(details=CARD, mandate="mandate_1")
        given(NEW).when(command).then(n.method_checked(details=CARD, mandate="mandate_1"))

    def test_are_remembered(self) -> None:
        """All that were ever made are known, in their order."""
        first, second = (n.method_checked(mandate=each) for each in ("mandate_1", "mandate_2"))
        history = (NEW, first, second)
        assert fold(history).mandates == ("mandate_1", "mandate_2")
        assert facts(fold(history), {}).mandates == ("mandate_1", "mandate_2")


class TestFacts:
    def test_say_what_others_must_know(self) -> None:
        """A SetupIntent's decision sees the customer, the wear and the details."""
        told = facts(fold(DETACHED), {"id": a.METHOD})
        assert (told.id, told.customer, told.spent, told.detached) == (a.METHOD, None, False, True)
        assert told.details == a.CHECKED_CARD
        assert told.billing_details == n.BILLING
        assert told.snapshot == {"id": a.METHOD}

"""What creating a SetupIntent leads to."""

import pytest

from service.domain import errors
from service.domain.values import Status
from tests import builders as a
from tests.spec import given


class TestCreate:
    def test_wants_a_payment_method(self) -> None:
        """A new intent without a payment method requires one."""
        given().when(a.create()).then(a.created())

    def test_wants_confirmation_of_a_payment_method(self) -> None:
        """A new intent with a payment method waits to be confirmed, and uses nothing yet."""
        given().when(a.create(payment_method=a.method())).then(a.created_with_method())

    def test_keeps_what_it_is_given(self) -> None:
        """Every attribute of the command is in the event."""
        attributes = {
            "usage": "on_session",
            "customer": a.CUSTOMER,
            "description": "A spare card",
            "metadata": {"order": "7"},
            "payment_method_configuration": "pmc_1",
            "payment_method_options": {"card": {"network": "visa"}},
            "flow_directions": ("inbound",),
            "on_behalf_of": "acct_2",
            "application": "ca_1",
        }
        given().when(a.create(**attributes)).then(a.created(**attributes))

    def test_leaves_out_metadata_without_a_value(self) -> None:
        """A key with an empty value is not kept."""
        given().when(a.create(metadata={"a": "", "b": "1"})).then(a.created(metadata={"b": "1"}))

    def test_refuses_to_create_twice(self) -> None:
        """A stream begins once."""
        refused = given(a.created()).when(a.create()).then_refused(errors.ResourceExists)
        assert a.INTENT in refused.message

    def test_refuses_a_customer_beside_the_account_itself(self) -> None:
        """A payment method is attached to the account or to a customer, not to both."""
        command = a.create(attach_to_self=True, customer=a.CUSTOMER)
        given().when(command).then_refused(errors.CustomerBesideSelf)


class TestPaymentMethod:
    def test_may_be_the_customers_own(self) -> None:
        """A payment method of the intent's customer is welcome."""
        method = a.method(customer=a.CUSTOMER)
        given().when(a.create(payment_method=method, customer=a.CUSTOMER)).then(
            a.created_with_method(customer=a.CUSTOMER)
        )

    def test_of_another_customer_is_refused(self) -> None:
        """The refusal names the payment method and the intent's customer."""
        command = a.create(payment_method=a.method(customer="cus_other"), customer=a.CUSTOMER)
        refused = given().when(command).then_refused(errors.BelongsToAnotherCustomer)
        assert (refused.code, refused.param) == (None, "payment_method")
        assert a.METHOD in refused.message
        assert a.CUSTOMER in refused.message

    def test_of_a_customer_not_named_is_refused(self) -> None:
        """The refusal names the customer to name."""
        command = a.create(payment_method=a.method(customer=a.CUSTOMER))
        refused = given().when(command).then_refused(errors.CustomerNotNamed)
        assert refused.param == "payment_method"
        assert a.CUSTOMER in refused.message

    def test_of_another_type_is_refused(self) -> None:
        """The refusal says which types are taken."""
        command = a.create(payment_method=a.method(type="klarna"))
        refused = given().when(command).then_refused(errors.TypeNotAllowed)
        assert (refused.code, refused.param) == (
            "setup_intent_invalid_parameter",
            "payment_method",
        )

    @pytest.mark.parametrize("used_up", [{"spent": True}, {"detached": True}])
    def test_used_up_is_refused(self, used_up: dict[str, bool]) -> None:
        """What was spent or detached cannot be used again."""
        command = a.create(payment_method=a.method(**used_up))
        refused = given().when(command).then_refused(errors.PaymentMethodUsedUp)
        assert refused.code == "payment_method_unexpected_state"

    def test_makes_it_require_confirmation_only(self) -> None:
        """Without `confirm` nothing is asked of the gateway."""
        event = given().when(a.create(payment_method=a.method())).event()
        assert event.status is Status.REQUIRES_CONFIRMATION

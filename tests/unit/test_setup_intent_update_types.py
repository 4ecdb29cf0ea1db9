"""What updating its types asks of the payment method that a SetupIntent has."""

from typing import Any

import pytest

from service.domain import errors
from service.domain.values import Status
from tests import builders as a
from tests.spec import given


@pytest.mark.parametrize(
    "changes",
    [
        {"payment_method_types": ("sepa_debit",)},
        {"allowed_payment_method_types": ("sepa_debit",)},
        {"excluded_payment_method_types": ("card",)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_types_that_leave_the_payment_method_out_are_refused(changes: Any) -> None:
    """An intent is not left with a payment method that it cannot be confirmed with."""
    types = ("card", "sepa_debit")
    history = (a.created_with_method(payment_method_types=types),)
    refused = (
        given(*history).when(a.update(a.method(), **changes)).then_refused(errors.TypeNotAllowed)
    )
    assert (refused.code, refused.param) == ("setup_intent_invalid_parameter", "payment_method")
    assert refused.shows_intent


def test_types_and_payment_method_may_be_changed_together() -> None:
    """Who takes the payment method back may name types without it."""
    command = a.update(payment_method=None, payment_method_types=("sepa_debit",))
    event = given(a.created_with_method()).when(command).event()
    assert event.status is Status.REQUIRES_PAYMENT_METHOD


def test_a_type_that_the_payment_method_is_not_of_may_go() -> None:
    """What is left takes the payment method as before."""
    history = a.created_with_method(payment_method_types=("card", "sepa_debit"))
    command = a.update(a.method(), excluded_payment_method_types=("sepa_debit",))
    event = given(history).when(command).event()
    assert event.changed["payment_method_types"] == ("card",)
    assert event.status is Status.REQUIRES_CONFIRMATION

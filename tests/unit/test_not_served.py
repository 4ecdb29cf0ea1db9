"""What is said to belong to Stripe's API, and not to Seti."""

import re

import pytest

from service.api.not_served import is_stripes_alone
from service.api.routes import EVERY_OPERATION


@pytest.mark.parametrize(
    "path",
    [
        "/v1/charges",
        "/v1/payment_intents/pi_1/confirm",
        "/v1/subscriptions/",
        "/v1/checkout/sessions",
        "/v1/customers/cus_1/sources/card_1",
        "/v1/accounts/acct_1/persons",
        "/v1/test_helpers/test_clocks/clock_1/advance",
        "/v2/core/event_destinations",
    ],
)
def test_a_part_of_stripes_alone(path: str) -> None:
    """What Stripe's API has, at whatever depth, is known by what its path begins with."""
    assert is_stripes_alone(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "*",
        "example.com:443",
        "/",
        "/v1",
        "/v1/",
        "/v1/foo",
        "/v1/charge",
        "/charges",
        "/v3/charges",
        "/v1/setup_intents/seti_1/foo",
        "/v1/customers/cus_1/foo",
        "/v1/customers/cus_1",
        "/v1/*/x",
        "/v2/charges",
    ],
)
def test_what_nobody_has(path: str) -> None:
    """What Stripe does not have either is no part of it that could be missed."""
    assert not is_stripes_alone(path)


@pytest.mark.parametrize("path", sorted({each.path for each in EVERY_OPERATION}))
def test_what_is_served(path: str) -> None:
    """Nothing that Seti has is said to be Stripe's alone."""
    assert not is_stripes_alone(re.sub(r"\{\w+\}", "x_1", path))

"""The body of an error."""

import pytest

from service.wire.bad_param import BadParam
from service.wire.problems import error_object, problem, problem_of
from service.wire.resources import conform


def test_a_problem_tells_what_is_known() -> None:
    """A problem holds what is known in Stripe's order, and nothing null."""
    body = problem(
        "card_error",
        "The card was declined.",
        code="card_declined",
        decline_code="generic_decline",
        param=None,
        payment_method={"id": "pm_1", "customer": None},
    )
    assert body == {
        "error": {
            "code": "card_declined",
            "decline_code": "generic_decline",
            "doc_url": "https://stripe.com/docs/error-codes/card-declined",
            "message": "The card was declined.",
            "payment_method": {"id": "pm_1", "customer": None},
            "type": "card_error",
        }
    }
    assert list(body["error"]) == sorted(body["error"])
    assert conform(body)


def test_without_a_code_there_is_nothing_to_read() -> None:
    """A problem without a code has no page that explains it."""
    assert error_object("api_error", "It is us.") == {"message": "It is us.", "type": "api_error"}


def test_a_bad_parameter_is_an_invalid_request() -> None:
    """A bad parameter is shown with its code and its name."""
    refusal = BadParam("No.", code="parameter_unknown", param="wat")
    assert problem_of(refusal)["error"] == {
        "code": "parameter_unknown",
        "doc_url": "https://stripe.com/docs/error-codes/parameter-unknown",
        "message": "No.",
        "param": "wat",
        "type": "invalid_request_error",
    }


def test_a_card_number_is_not_told_back() -> None:
    """Whatever a caller took for an id, a problem does not show a card's number."""
    body = problem("invalid_request_error", "No such token: '4242 4242-4242 4242'")
    assert body["error"]["message"] == "No such token: '****'"


@pytest.mark.parametrize("address", ["169.254.169.254", "255.255.255.255"])
def test_an_address_is_told_back(address: str) -> None:
    """An address is no account's number, however many digits it has."""
    told = f"A webhook URL may not lead to {address}, {address}:80 or {address}."
    assert problem("invalid_request_error", told)["error"]["message"] == told


@pytest.mark.parametrize("number", ["4242.4242.4242.4242", "1.4242.4242.4242", "123456789012"])
def test_a_number_with_dots_is_not_told_back(number: str) -> None:
    """What has more digits between its dots than an address is blotted out."""
    assert number not in problem("invalid_request_error", f"No: {number}.")["error"]["message"]

"""What each status allows: every cell of the contract's table."""

from collections.abc import Callable
from typing import Any

import pytest

from service import ids
from service.domain.setup_intent import ATTEMPTS_MAX
from tests.e2e.client import Answer, Api
from tests.e2e.intents import CARD, IN_STATUS, INTENTS, a_customer, canceled, path_of, reread

Ask = Callable[[Api, dict[str, Any]], Answer]

STATUSES = tuple(IN_STATUS)
OPEN = STATUSES[:3]
UNEXPECTED = (400, "invalid_request_error", "setup_intent_unexpected_state", None)

# What is asked of an intent, and the statuses in which it is done.
OPERATIONS: dict[str, tuple[Ask, tuple[str, ...]]] = {
    "retrieve": (lambda api, intent: api.get(path_of(intent)), STATUSES),
    "list": (lambda api, _: api.get(INTENTS), STATUSES),
    "update description": (
        lambda api, intent: api.post(path_of(intent), {"description": "new"}),
        (*OPEN, "processing", "succeeded"),
    ),
    "update metadata": (
        lambda api, intent: api.post(path_of(intent), {"metadata": {"new": "1"}}),
        (*OPEN, "processing", "succeeded"),
    ),
    "update customer": (
        lambda api, intent: api.post(path_of(intent), {"customer": a_customer(api)}),
        (*OPEN, "processing", "succeeded"),
    ),
    "update payment_method": (
        lambda api, intent: api.post(path_of(intent), {"payment_method": "pm_card_visa"}),
        OPEN,
    ),
    "update payment_method_data": (
        lambda api, intent: api.post(
            path_of(intent),
            {"payment_method_data": {"type": "card", "card": {"token": "tok_visa"}}},
        ),
        OPEN,
    ),
    "confirm with a payment method": (
        lambda api, intent: api.post(
            path_of(intent, "/confirm"), {"payment_method": "pm_card_visa"}
        ),
        OPEN,
    ),
    "cancel": (lambda api, intent: api.post(path_of(intent, "/cancel")), OPEN),
}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_operation_in_status(api: Api, operation: str, status: str) -> None:
    """An operation is carried out where the status allows it; else it changes nothing."""
    ask, accepted = OPERATIONS[operation]
    intent = IN_STATUS[status](api)
    assert intent["status"] == status
    answer = ask(api, intent)
    if status in accepted:
        assert answer.status == 200
        return
    assert answer.refusal == UNEXPECTED
    assert answer.error["setup_intent"] == intent == reread(api, intent)


@pytest.mark.parametrize("status", STATUSES)
def test_verify_microdeposits_in_status(api: Api, status: str) -> None:
    """Deposits are named only where the next action asks for them; else nothing changes."""
    intent = IN_STATUS[status](api)
    answer = api.post(path_of(intent, "/verify_microdeposits"), {"amounts": [32, 45]})
    assert answer.refusal == (400, "invalid_request_error", "intent_invalid_state", None)
    assert answer.error["setup_intent"] == intent == reread(api, intent)


@pytest.mark.parametrize(
    ("status", "becomes"),
    [
        ("requires_payment_method", "requires_confirmation"),
        ("requires_confirmation", "requires_confirmation"),
        ("requires_action", "requires_confirmation"),
    ],
)
def test_another_payment_method_asks_for_confirmation(api: Api, status: str, becomes: str) -> None:
    """A payment method that is named by an update has still to be confirmed."""
    intent = IN_STATUS[status](api)
    changed = api.post(path_of(intent), {"payment_method": "pm_card_mastercard"}).object
    assert (changed["status"], changed["next_action"]) == (becomes, None)


@pytest.mark.parametrize("given", [{}, {"payment_method": "pm_card_visa"}], ids=["bare", "named"])
def test_a_confirmed_intent_without_payment_method(api: Api, given: dict[str, str]) -> None:
    """That no payment method is there is told before that the intent is canceled."""
    intent = canceled(api)
    refused = api.post(path_of(intent, "/confirm"), given)
    assert refused.refusal == UNEXPECTED
    assert ("no payment method" in refused.error["message"]) is (not given)


def test_decline_makes_it_wait_again(api: Api) -> None:
    """A decline empties the intent, keeps the error, and leaves it open for another card."""
    form = {**CARD, "payment_method": "pm_card_chargeDeclined", "confirm": True}
    declined = api.post(INTENTS, form).error["setup_intent"]
    assert (declined["status"], declined["payment_method"]) == ("requires_payment_method", None)
    assert declined["last_setup_error"]["code"] == "card_declined"
    assert declined["latest_attempt"].startswith("setatt_")
    again = api.post(path_of(declined, "/confirm"), {"payment_method": "pm_card_visa"}).object
    assert (again["status"], again["last_setup_error"]) == ("succeeded", None)


def test_the_confirmation_limit_cancels(api: Api) -> None:
    """An intent that was confirmed as often as may be is canceled by the next confirmation."""
    intent = api.post(INTENTS, CARD).object
    declined = {"payment_method": "pm_card_chargeDeclined"}
    answers = [api.post(path_of(intent, "/confirm"), declined) for _ in range(ATTEMPTS_MAX)]
    assert {answer.status for answer in answers} == {402}
    canceled_by_it = api.post(path_of(intent, "/confirm"), {"payment_method": "pm_card_visa"})
    assert (canceled_by_it.status, canceled_by_it.object["status"]) == (200, "canceled")
    assert reread(api, intent)["latest_attempt"] == ids.attempt_id(intent["id"], ATTEMPTS_MAX)

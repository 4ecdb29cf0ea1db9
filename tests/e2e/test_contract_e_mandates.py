"""E-mandates of cards from India: made under `card[mandate_options]`, and of no other card."""

from typing import Any, Final

import pytest

from tests.e2e.client import Api
from tests.e2e.intents import (
    CARD,
    INTENTS,
    a_customer,
)

TERMS: Final = {
    "amount": 1500,
    "amount_type": "maximum",
    "currency": "inr",
    "interval": "month",
    "interval_count": 1,
    "reference": "rent-7",
    "start_date": 1_900_000_000,
    "supported_types": ["india"],
}
UNDER_TERMS: Final = {"payment_method_options": {"card": {"mandate_options": TERMS}}}
ENDIVE: Final = "2026-10-28.endive"


def set_up(api: Api, card: str, **given: Any) -> dict[str, Any]:
    form = {**CARD, "payment_method": card, "confirm": True, "expand": ["mandate"], **given}
    return api.post(INTENTS, form).object


def test_is_made_under_its_terms(api: Api) -> None:
    """The intent leads to a mandate that holds for many payments, accepted at the bank."""
    mandate = set_up(api, "pm_card_in", **UNDER_TERMS)["mandate"]
    assert (mandate["status"], mandate["type"]) == ("active", "multi_use")
    assert mandate["customer_acceptance"]["type"] == "online"
    assert mandate["payment_method_details"] == {"card": {}, "type": "card"}


@pytest.mark.parametrize(
    ("card", "given"), [("pm_card_in", {}), ("pm_card_visa", UNDER_TERMS)], ids=["terms", "country"]
)
def test_is_not_made_without(api: Api, card: str, given: dict[str, Any]) -> None:
    """A plain card is set up without a mandate, and so is one from elsewhere."""
    intent = set_up(api, card, **given)
    assert (intent["status"], intent["mandate"]) == ("succeeded", None)


def test_ends_with_its_card(api: Api) -> None:
    """A card that is detached takes its mandate along, which then tells why."""
    intent = set_up(api, "pm_card_in", customer=a_customer(api), **UNDER_TERMS)
    again = set_up(api, intent["payment_method"], customer=intent["customer"], usage="on_session")
    assert again["mandate"] is None
    api.post(f"/v1/payment_methods/{intent['payment_method']}/detach")
    mandate = api.get(f"/v1/mandates/{intent['mandate']['id']}", Stripe_Version=ENDIVE).object
    assert mandate["status"] == "inactive"
    assert mandate["payment_method_details"]["card"] == {"india": {"inactive_reason": "canceled"}}

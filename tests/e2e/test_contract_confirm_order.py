"""In which order a confirmation is checked, told by requests that break several rules at once."""

from typing import Any

import pytest

from tests.e2e.client import Answer, Api
from tests.e2e.intents import CARD, INTENTS, a_customer, attached, path_of, saved

INVALID = "invalid_request_error"
UNEXPECTED = "setup_intent_unexpected_state"

# Each rule, first to last: how a request breaks it, and what tells that it was found broken.
RULES = (
    "authentication",
    "parameters",
    "intent",
    "payment method is named",
    "payment method is there",
    "status",
    "ownership",
    "processing",
)
FOUND: dict[str, tuple[int, str, str | None, str | None]] = {
    "authentication": (401, INVALID, None, None),
    "parameters": (400, INVALID, "parameter_unknown", "wat"),
    "intent": (404, INVALID, "resource_missing", "intent"),
    "payment method is named": (400, INVALID, UNEXPECTED, None),
    "payment method is there": (400, INVALID, "resource_missing", "payment_method"),
    "status": (400, INVALID, UNEXPECTED, None),
    "ownership": (400, INVALID, None, "payment_method"),
    "processing": (402, "card_error", "card_declined", None),
}


def _confirmed(api: Api, broken: tuple[str, ...]) -> Answer:
    """Confirm in a way that breaks the *broken* rules and no other."""
    headers: dict[str, str] = {}
    form: dict[str, Any] = {"payment_method": "pm_card_visa"}
    intent = saved(api) if "status" in broken else api.post(INTENTS, CARD).object
    path = path_of(intent, "/confirm")
    if "processing" in broken:
        form["payment_method"] = "pm_card_chargeDeclined"
    if "ownership" in broken:
        form["payment_method"] = attached(api, a_customer(api))
    if "payment method is there" in broken:
        form["payment_method"] = "pm_none"
    if "payment method is named" in broken:
        del form["payment_method"]
    if "intent" in broken:
        path = f"{INTENTS}/seti_none/confirm"
    if "parameters" in broken:
        form["wat"] = "1"
    if "authentication" in broken:
        headers["Authorization"] = "Bearer sk_test_nobody"
    return api.post(path, form, **headers)


@pytest.mark.parametrize("first", RULES)
def test_alone(api: Api, first: str) -> None:
    """Each rule, broken alone, is found broken."""
    if first == "payment method is named":
        refused = api.post(path_of(api.post(INTENTS, CARD).object, "/confirm"))
    else:
        refused = _confirmed(api, (first,))
    assert refused.refusal == FOUND[first]


@pytest.mark.parametrize(
    ("first", "then"),
    [(first, then) for at, first in enumerate(RULES) for then in RULES[at + 1 :]],
)
def test_before(api: Api, first: str, then: str) -> None:
    """Of two rules that are broken, the earlier one is told of."""
    refused = _confirmed(api, (first, then))
    assert refused.refusal == FOUND[first]
    if (first, then) == ("payment method is named", "status"):
        # A succeeded intent has its payment method, so here it is the status that is told.
        assert "succeeded" in refused.error["message"]


@pytest.mark.parametrize("at", range(len(RULES)))
def test_everything_broken_from_here(api: Api, at: int) -> None:
    """Whatever else is broken after it, the first rule is told of."""
    assert _confirmed(api, RULES[at:]).refusal == FOUND[RULES[at]]


def test_status_before_the_types_it_allows(api: Api) -> None:
    """A confirmation that also says which types are taken is refused as a confirmation."""
    form = {"payment_method": "pm_card_visa", "allowed_payment_method_types": ["card"]}
    refused = api.post(path_of(saved(api), "/confirm"), form)
    assert refused.refusal == FOUND["status"]
    assert "cannot confirm" in refused.error["message"]


# What a payment method that redirects and makes a mandate wants besides, first to last.
WANTS: dict[str, tuple[int, str, str | None, str | None]] = {
    "a type that is taken": (400, INVALID, "setup_intent_invalid_parameter", "payment_method"),
    "a way back": (400, INVALID, "parameter_missing", "return_url"),
    "an accepted mandate": (400, INVALID, None, "mandate_data"),
}


@pytest.mark.parametrize("at", range(len(WANTS)))
def test_what_a_type_wants_besides(api: Api, at: int) -> None:
    """Whatever else is missing after it, the first thing that a type wants is told of."""
    missing = list(WANTS)[at:]
    types = ["card"] if "a type that is taken" in missing else ["ideal"]
    intent = api.post(INTENTS, {"allowed_payment_method_types": types}).object
    form: dict[str, Any] = {"payment_method_data": {"type": "ideal"}}
    if "a way back" not in missing:
        form["return_url"] = "https://shop.example/back"
    if "an accepted mandate" not in missing:
        form["mandate_data"] = {"customer_acceptance": {"type": "offline"}}
    refused = api.post(path_of(intent, "/confirm"), form)
    assert refused.refusal == WANTS[missing[0]]
    assert refused.error["setup_intent"] == intent

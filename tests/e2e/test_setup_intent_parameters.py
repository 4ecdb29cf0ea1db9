"""Every parameter of a SetupIntent that is a hash: what it takes, keeps, shows and refuses."""

from typing import Any

import pytest

from tests.e2e.client import Api
from tests.e2e.intents import CARD, INTENTS, confirm, path_of, reread, saved

INVALID = "invalid_request_error"
MISSING = "parameter_missing"
ONLINE = {"type": "online", "online": {"ip_address": "203.0.113.7", "user_agent": "curl/8"}}
TERMS = {
    "amount": 1500,
    "amount_type": "maximum",
    "currency": "inr",
    "interval": "month",
    "interval_count": 1,
    "reference": "rent-7",
    "start_date": 1_900_000_000,
    "supported_types": ["india"],
}
FILLED = {"payment_method": "pm_card_visa", "confirm": True}

TAKEN: dict[str, dict[str, Any]] = {
    "mandate online": {**FILLED, "mandate_data": {"customer_acceptance": ONLINE}},
    "mandate offline": {
        **FILLED,
        "mandate_data": {"customer_acceptance": {"type": "offline", "accepted_at": 1_790_000_000}},
    },
    "mandate unset": {**FILLED, "mandate_data": ""},
    "attach to self": {**FILLED, "attach_to_self": True},
    "flow directions": {**FILLED, "flow_directions": ["inbound", "outbound"]},
    "mail order": {**FILLED, "payment_method_options": {"card": {"moto": True}}},
}


@pytest.mark.parametrize("row", TAKEN)
def test_is_taken(api: Api, row: str) -> None:
    """A hash that is whole is taken, and a card is saved with it as without it."""
    intent = api.post(INTENTS, {**CARD, **TAKEN[row]}).object
    assert intent["status"] == "succeeded"
    assert intent["mandate"] is intent["single_use_mandate"] is None
    for name in ("attach_to_self", "flow_directions"):
        if name in TAKEN[row]:
            assert intent[name] == TAKEN[row][name]


REFUSED: dict[str, tuple[dict[str, Any], str | None, str]] = {
    "mandate without acceptance": (
        {**FILLED, "mandate_data": {"wat": "1"}},
        "parameter_unknown",
        "mandate_data[wat]",
    ),
    "mandate without type": (
        {**FILLED, "mandate_data": {"customer_acceptance": {"accepted_at": 1}}},
        MISSING,
        "mandate_data[customer_acceptance][type]",
    ),
    "mandate without online": (
        {**FILLED, "mandate_data": {"customer_acceptance": {"type": "online"}}},
        MISSING,
        "mandate_data[customer_acceptance][online]",
    ),
    "mandate without address": (
        {
            **FILLED,
            "mandate_data": {
                "customer_acceptance": {"type": "online", "online": {"user_agent": "a"}}
            },
        },
        MISSING,
        "mandate_data[customer_acceptance][online][ip_address]",
    ),
    "mandate without confirm": (
        {"mandate_data": {"customer_acceptance": ONLINE}},
        None,
        "mandate_data",
    ),
    "single use without currency": (
        {"single_use": {"amount": 100}},
        MISSING,
        "single_use[currency]",
    ),
    "terms that are not whole": (
        {"payment_method_options": {"card": {"mandate_options": {"amount": 1}}}},
        MISSING,
        "payment_method_options[card][mandate_options][amount_type]",
    ),
    "network of none": (
        {"payment_method_options": {"card": {"network": "wat"}}},
        None,
        "payment_method_options[card][network]",
    ),
    "authentication of none": (
        {"payment_method_options": {"card": {"request_three_d_secure": "challenge_only"}}},
        None,
        "payment_method_options[card][request_three_d_secure]",
    ),
    "configuration too long": (
        {"payment_method_configuration": "p" * 101},
        None,
        "payment_method_configuration",
    ),
    "account as customer": (
        {"customer_account": "acct_1"},
        "resource_missing",
        "customer_account",
    ),
    "account of another kind": (
        {"on_behalf_of": "cus_1"},
        "resource_missing",
        "on_behalf_of",
    ),
    "account that is not connected": (
        {"on_behalf_of": "acct_1NotConnected"},
        "resource_missing",
        "on_behalf_of",
    ),
    "self and customer": (
        {"attach_to_self": True, "customer": "cus_1"},
        "parameters_exclusive",
        "attach_to_self",
    ),
    "types of none": ({"payment_method_types": ["wat"]}, None, "payment_method_types[0]"),
    "single use of a card": (
        {**CARD, "single_use": {"amount": 100, "currency": "usd"}},
        "setup_intent_invalid_parameter",
        "single_use",
    ),
    "a type that is never set up": (
        {"payment_method_types": ["card", "eps"]},
        "setup_intent_invalid_parameter",
        "payment_method_types",
    ),
    "nothing left": (
        {
            "automatic_payment_methods": {"allow_redirects": "never", "enabled": True},
            "excluded_payment_method_types": ["card", "sepa_debit", "us_bank_account"],
        },
        "setup_intent_invalid_parameter",
        "excluded_payment_method_types",
    ),
    "nothing allowed": (
        {"allowed_payment_method_types": ["alma"]},
        "setup_intent_invalid_parameter",
        "allowed_payment_method_types",
    ),
    "two payment methods": (
        {
            "payment_method": "pm_card_visa",
            "payment_method_data": {"type": "card", "card": {"token": "tok_visa"}},
        },
        "parameters_exclusive",
        "payment_method_data",
    ),
    "data without type": (
        {"payment_method_data": {"card": {"token": "tok_visa"}}},
        MISSING,
        "payment_method_data[type]",
    ),
}


@pytest.mark.parametrize("row", REFUSED)
def test_is_refused(api: Api, row: str) -> None:
    """A hash that is not whole, or that contradicts another, is refused by its name."""
    given, code, param = REFUSED[row]
    refused = api.post(INTENTS, given)
    assert refused.refusal == (400, INVALID, code, param)


def test_terms_of_a_mandate_are_shown_whole(api: Api) -> None:
    """The terms of a card's mandate are kept, with null for what was not said."""
    options = {"card": {"mandate_options": TERMS, "request_three_d_secure": "any"}}
    intent = api.post(INTENTS, {**CARD, "payment_method_options": options}).object
    shown = intent["payment_method_options"]["card"]
    assert shown["mandate_options"] == {**TERMS, "description": None, "end_date": None}
    assert (shown["network"], shown["request_three_d_secure"]) == (None, "any")


def test_options_of_a_confirmation_are_laid_over(api: Api) -> None:
    """A confirmation's options change what it names, and are kept."""
    options = {"card": {"network": "visa"}}
    intent = api.post(INTENTS, {**CARD, "payment_method_options": options}).object
    asked = {"card": {"request_three_d_secure": "any"}}
    confirm(api, intent, payment_method="pm_card_visa", payment_method_options=asked)
    card = reread(api, intent)["payment_method_options"]["card"]
    assert (card["network"], card["request_three_d_secure"]) == ("visa", "any")


def test_options_of_an_update_are_laid_over(api: Api) -> None:
    """An update's options leave those alone that it does not name."""
    intent = api.post(INTENTS, {"payment_method_options": {"card": {"network": "visa"}}}).object
    changed = {"payment_method_options": {"card": {"request_three_d_secure": "challenge"}}}
    card = api.post(path_of(intent), changed).object["payment_method_options"]["card"]
    assert (card["network"], card["request_three_d_secure"]) == ("visa", "challenge")


def test_types_come_and_go(api: Api) -> None:
    """Lists of types are set, replaced and unset; what can be set up is worked out from them."""
    intent = api.post(INTENTS, {"allowed_payment_method_types": ["card", "alma"]}).object
    assert intent["payment_method_types"] == ["card"]
    cleared = api.post(path_of(intent), {"allowed_payment_method_types": ""}).object
    assert cleared["allowed_payment_method_types"] is None
    excluded = api.post(path_of(intent), {"excluded_payment_method_types": ["alma"]}).object
    assert excluded["excluded_payment_method_types"] == ["alma"]
    both = {"allowed_payment_method_types": ["card"], "payment_method_types": ["card"]}
    assert api.post(path_of(intent), both).error["code"] == "parameters_exclusive"


def test_attached_to_the_account_itself(api: Api) -> None:
    """A card that is the account's own is nobody's, and may be used again."""
    intent = saved(api, attach_to_self=True)
    method = intent["payment_method"]
    assert api.get(f"/v1/payment_methods/{method}").object["customer"] is None
    again = saved(api, attach_to_self=True, payment_method=method)
    assert again["payment_method"] == method
    listed = api.get(INTENTS, {"attach_to_self": True, "limit": 2}).object["data"]
    assert [one["id"] for one in listed] == [again["id"], intent["id"]]


class TestAutomaticMethods:
    def test_may_be_asked_for_in_any_version(self, api: Api) -> None:
        """Where they are no default yet, they are on for whoever turns them on."""
        version = "2022-11-15"
        form = {"automatic_payment_methods": {"enabled": True}}
        plain = api.post(INTENTS, Stripe_Version=version).object
        dynamic = api.post(INTENTS, form, Stripe_Version=version).object
        assert plain["payment_method_types"] == ["card"]
        assert dynamic["automatic_payment_methods"]["enabled"] is True
        assert set(dynamic["payment_method_types"]) > {"card"}

    def test_name_their_configuration_only_while_they_are_on(self, api: Api) -> None:
        """Turned off, or given up for types that are named, they follow no configuration."""
        details = "payment_method_configuration_details"
        off = api.post(INTENTS, {"automatic_payment_methods": {"enabled": False}}).object
        assert (off["payment_method_types"], off[details]) == (["card"], None)
        on = api.post(INTENTS).object
        assert on[details]["id"].startswith("pmc_")
        named = api.post(path_of(on), {"payment_method_types": ["sepa_debit"]}).object
        assert (named["automatic_payment_methods"], named[details]) == (None, None)

"""Every test card of the contract: what a confirmation comes to, by number, name and token."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.e2e.client import Answer, Api
from tests.e2e.intents import CARD, INTENTS, authenticate, challenged, reread

# Number, name; what is shown of it.
WORKING: dict[str, tuple[str | None, dict[str, Any]]] = {
    "4242424242424242": ("visa", {"brand": "visa", "funding": "credit", "country": "US"}),
    "4000056655665556": ("visa_debit", {"brand": "visa", "funding": "debit"}),
    "5555555555554444": ("mastercard", {"brand": "mastercard", "funding": "credit"}),
    "5200828282828210": ("mastercard_debit", {"brand": "mastercard", "funding": "debit"}),
    "5105105105105100": ("mastercard_prepaid", {"brand": "mastercard", "funding": "prepaid"}),
    "2223003122003222": (None, {"brand": "mastercard"}),
    "378282246310005": ("amex", {"brand": "amex", "three_d_secure_usage": {"supported": False}}),
    "371449635398431": (None, {"brand": "amex", "three_d_secure_usage": {"supported": False}}),
    "6011111111111117": ("discover", {"brand": "discover"}),
    "3056930009020004": ("diners", {"brand": "diners"}),
    "36227206271667": (None, {"brand": "diners"}),
    "3566002020360505": ("jcb", {"brand": "jcb"}),
    "6200000000000005": ("unionpay", {"brand": "unionpay"}),
    "4000002500001001": (
        "visa_cartesBancaires",
        {"networks": {"available": ["cartes_bancaires", "visa"], "preferred": None}},
    ),
    "5555552500001001": (
        "mastercard_cartesBancaires",
        {"networks": {"available": ["cartes_bancaires", "mastercard"], "preferred": None}},
    ),
    "4000000360000006": ("au", {"country": "AU"}),
    "4000001240000000": ("ca", {"country": "CA"}),
    "4000000760000002": ("br", {"country": "BR"}),
    "4000002500000003": ("fr", {"country": "FR"}),
    "4000002760000016": ("de", {"country": "DE"}),
    "4000008260000000": ("gb", {"country": "GB"}),
    "4000003560000008": ("in", {"country": "IN"}),
    "4000003920000003": ("jp", {"country": "JP"}),
    "4000000000003055": ("threeDSecureOptional", {}),
    "4000000000003097": ("threeDSecureOptionalProcessingError", {}),
    "4000000000000341": ("chargeCustomerFail", {}),
    "4000000000004954": ("riskLevelHighest", {}),
    "4000000000009235": ("riskLevelElevated", {}),
}
# Number, name; what comes of it after the customer has authenticated.
CHALLENGED: dict[str, tuple[str, str]] = {
    "4000002500003155": ("authenticationRequiredOnSetup", "succeeded"),
    "4000002760003184": ("authenticationRequired", "succeeded"),
    "4000003800000446": ("authenticationRequiredSetupForOffSession", "succeeded"),
    "4000008260003178": ("authenticationRequiredChargeDeclinedInsufficientFunds", "succeeded"),
    "4000000000003220": ("threeDSecure2Required", "succeeded"),
    "4000000000003063": ("threeDSecureRequired", "succeeded"),
    "4000008400001629": ("threeDSecureRequiredChargeDeclined", "requires_payment_method"),
}
# Number; names, code, decline code.
DECLINED: dict[str, tuple[tuple[str, ...], str, str]] = {
    "4000000000000002": (
        ("visa_chargeDeclined", "chargeDeclined"),
        "card_declined",
        "generic_decline",
    ),
    "4000000000009995": (
        ("visa_chargeDeclinedInsufficientFunds",),
        "card_declined",
        "insufficient_funds",
    ),
    "4000000000009987": (("visa_chargeDeclinedLostCard",), "card_declined", "lost_card"),
    "4000000000009979": (("visa_chargeDeclinedStolenCard",), "card_declined", "stolen_card"),
    "4000000000000069": (("chargeDeclinedExpiredCard",), "expired_card", "expired_card"),
    "4000000000000127": (("chargeDeclinedIncorrectCvc",), "incorrect_cvc", "incorrect_cvc"),
    "4000000000000119": (
        ("chargeDeclinedProcessingError",),
        "processing_error",
        "processing_error",
    ),
    "4000000000006975": (
        ("visa_chargeDeclinedVelocityLimitExceeded",),
        "card_declined",
        "card_velocity_exceeded",
    ),
    "4000008400001280": (
        ("threeDSecureRequiredProcessingError",),
        "card_declined",
        "generic_decline",
    ),
    "4100000000000019": (("radarBlock",), "card_declined", "fraudulent"),
}
# Number, name; the checks that an address and a security code come to.
CHECKED: dict[str, tuple[str, tuple[str, str, str]]] = {
    "4242424242424242": ("visa", ("pass", "pass", "pass")),
    "4000000000000101": ("cvcCheckFail", ("pass", "pass", "fail")),
    "4000000000000036": ("avsZipFail", ("pass", "fail", "pass")),
    "4000000000000028": ("avsLine1Fail", ("fail", "pass", "pass")),
    "4000000000000010": ("avsFail", ("fail", "fail", "pass")),
    "4000000000000044": ("avsUnchecked", ("unavailable", "unavailable", "pass")),
}


def _of_number(number: str, /, **card: Any) -> dict[str, Any]:
    cvc = "1234" if number.startswith("3") and len(number) == 15 else "123"
    described = {"number": number, "exp_month": 12, "exp_year": 2034, "cvc": cvc, **card}
    return {"payment_method_data": {"type": "card", "card": described}}


def _confirmed(api: Api, given: dict[str, Any]) -> Answer:
    return api.post(INTENTS, {**CARD, **given, "confirm": True, "expand": ["payment_method"]})


def _ways(number: str, *names: str | None) -> list[dict[str, Any]]:
    """Return every way to name a card: by its number, and by what it is published as."""
    ways = [_of_number(number)]
    for name in filter(None, names):
        ways.append({"payment_method": f"pm_card_{name}"})
        token = {"type": "card", "card": {"token": f"tok_{name}"}}
        ways.append({"payment_method_data": token})
    return ways


@pytest.mark.parametrize("number", WORKING)
def test_is_saved(api: Api, number: str) -> None:
    """A card that works is saved, and shown as what it is."""
    name, shown = WORKING[number]
    for way in _ways(number, name):
        intent = _confirmed(api, way).object
        card = intent["payment_method"]["card"]
        assert (intent["status"], card["last4"]) == ("succeeded", number[-4:])
        assert {key: card[key] for key in shown} == shown


@pytest.mark.parametrize("number", CHALLENGED)
def test_has_to_authenticate(api: Api, number: str) -> None:
    """A card that has to authenticate waits for its customer, and then is saved or declined."""
    name, becomes = CHALLENGED[number]
    for way in _ways(number, name):
        assert _confirmed(api, way).object["status"] == "requires_action"
    intent = challenged(api, payment_method=f"pm_card_{name}", return_url="https://shop.example")
    authenticate(intent, "complete")
    after = reread(api, intent)
    assert after["status"] == becomes
    if becomes != "succeeded":
        assert after["last_setup_error"]["code"] == "card_declined"


@pytest.mark.parametrize("number", DECLINED)
def test_is_declined(api: Api, number: str) -> None:
    """A card that is declined says why."""
    names, code, decline_code = DECLINED[number]
    for way in _ways(number, *names):
        error = _confirmed(api, way).error
        assert (error["code"], error["decline_code"]) == (code, decline_code)
        assert error["payment_method"]["card"]["last4"] == number[-4:]


@pytest.mark.parametrize("number", ["4000000000003055", "4000000000003097"])
@pytest.mark.parametrize("asked", ["any", "challenge"])
def test_authenticates_when_asked(api: Api, number: str, asked: str) -> None:
    """A card that need not authenticate does so where it is asked for, if it can."""
    options = {"payment_method_options": {"card": {"request_three_d_secure": asked}}}
    answer = _confirmed(api, {**_of_number(number), **options})
    if number.endswith("3055"):
        assert answer.object["status"] == "requires_action"
    else:
        assert answer.refusal[:3] == (402, "card_error", "card_declined")


@pytest.mark.parametrize("number", CHECKED)
def test_checks(api: Api, number: str) -> None:
    """What the issuer checks comes to what the card stands for."""
    name, (line1, postal_code, cvc) = CHECKED[number]
    given = _of_number(number)
    address = {"line1": "Main St 1", "postal_code": "12345"}
    given["payment_method_data"]["billing_details"] = {"address": address}
    card = _confirmed(api, given).object["payment_method"]["card"]
    assert card["checks"] == {
        "address_line1_check": line1,
        "address_postal_code_check": postal_code,
        "cvc_check": cvc,
    }
    assert _confirmed(api, {"payment_method": f"pm_card_{name}"}).object["status"] == "succeeded"


@pytest.mark.parametrize(
    ("card", "code", "param"),
    [
        ({"number": "4242424242424241"}, "incorrect_number", "number"),
        ({"number": "4242"}, "invalid_number", "number"),
        ({"number": "4242x24242424242"}, "invalid_number", "number"),
        ({"exp_month": 13}, "invalid_expiry_month", "exp_month"),
        ({"exp_month": 0}, "invalid_expiry_month", "exp_month"),
        ({"exp_year": 2019}, "invalid_expiry_year", "exp_year"),
        ({"exp_year": 9999}, "invalid_expiry_year", "exp_year"),
        ({"cvc": "12"}, "invalid_cvc", "cvc"),
        ({"cvc": "12345"}, "invalid_cvc", "cvc"),
        ({"cvc": "12a"}, "invalid_cvc", "cvc"),
    ],
)
def test_bad_card(api: Api, card: dict[str, Any], code: str, param: str) -> None:
    """A card that cannot be is a card error when it is made, alone or with an intent."""
    given = _of_number("4242424242424242", **card)
    for refused in (
        api.post("/v1/payment_methods", given["payment_method_data"]),
        api.post(INTENTS, {**CARD, **given}),
    ):
        assert refused.refusal == (402, "card_error", code, param)


def test_a_real_number_is_not_taken(api: Api) -> None:
    """In test mode only test cards are taken, whatever else is right about a card."""
    refused = _confirmed(api, _of_number("4539578763621486"))
    assert refused.refusal[:3] == (402, "card_error", "card_declined")
    assert "4539578763621486" not in refused.body.decode()


def test_a_published_card_expires_in_a_year(api: Api) -> None:
    """Cards of tokens expire twelve months ahead."""
    intent = _confirmed(api, {"payment_method": "pm_card_visa"}).object
    card, made = intent["payment_method"]["card"], datetime.fromtimestamp(intent["created"], UTC)
    assert (card["exp_month"], card["exp_year"]) == (made.month, made.year + 1)

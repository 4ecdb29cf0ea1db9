"""Every test bank account of the contract: what a setup with it comes to, by number and name."""

from typing import Any, Final

import pytest

from tests.e2e.client import Answer, Api
from tests.e2e.intents import INTENTS, path_of, reread

OFFLINE: Final = {"customer_acceptance": {"type": "offline"}}
OWNER: Final = {"name": "Jenny Rosen", "email": "jenny@example.com"}

# Number, name, and what a setup comes to once the deposits were told. Most accounts fail later:
# when they are debited.
AMERICAN: Final[dict[str, tuple[str | None, str]]] = {
    "000123456789": ("success", "succeeded"),
    "000111111113": ("accountClosed", "succeeded"),
    "000111111116": ("noAccount", "succeeded"),
    "000222222227": ("insufficientFunds", "succeeded"),
    "000333333335": ("debitNotAuthorized", "succeeded"),
    "000444444440": ("invalidCurrency", "succeeded"),
    "000555555559": ("dispute", "succeeded"),
    "000000000009": ("processing", "processing"),
    "000777777771": ("weeklyLimitExceeded", "succeeded"),
    "000000004954": ("riskLevelHighest", "succeeded"),
    "000888888885": (None, "succeeded"),
}
NO_DEPOSITS: Final = "000666666661"

# By country: success, successDelayed, failed, failedDelayed, disputed, insufficientFunds.
SCENARIOS: Final = (
    "success",
    "successDelayed",
    "failed",
    "failedDelayed",
    "disputed",
    "insufficientFunds",
)
EUROPEAN: Final = {
    "at": (
        "AT611904300234573201",
        "AT321904300235473204",
        "AT861904300235473202",
        "AT051904300235473205",
        "AT591904300235473203",
        "AT981904300002222227",
    ),
    "be": (
        "BE62510007547061",
        "BE78510007547064",
        "BE68539007547034",
        "BE51510007547065",
        "BE08510007547063",
        "BE90510002222227",
    ),
    "de": (
        "DE89370400440532013000",
        "DE08370400440532013003",
        "DE62370400440532013001",
        "DE78370400440532013004",
        "DE35370400440532013002",
        "DE65370400440002222227",
    ),
    "fr": (
        "FR1420041010050500013M02606",
        "FR3020041010050500013M02609",
        "FR8420041010050500013M02607",
        "FR7920041010050500013M02600",
        "FR5720041010050500013M02608",
        "FR9720041010050000002222227",
    ),
    "ie": (
        "IE29AIBK93115212345678",
        "IE24AIBK93115212345671",
        "IE02AIBK93115212345679",
        "IE94AIBK93115212345672",
        "IE51AIBK93115212345670",
        "IE10AIBK93115202222227",
    ),
}
IBANS: Final = {
    iban: f"pm_sepaDebit_{scenario}_{country}"
    for country, ibans in EUROPEAN.items()
    for scenario, iban in zip(SCENARIOS, ibans, strict=True)
}
BANK_NOT_SUPPORTED: Final = (
    "AT271904300000055555",
    "BE19510000055555",
    "DE91370400440000055555",
    "FR2620041010050000000055555",
    "IE36AIBK93115200055555",
)
DEBITS_NOT_SUPPORTED: Final = (
    "AT511904300000066666",
    "BE43510000066666",
    "DE18370400440000066666",
    "FR5020041010050000000066666",
    "IE60AIBK93115200066666",
)


def _american(number: str) -> dict[str, Any]:
    account = {"account_number": number, "routing_number": "110000000"}
    return {
        "payment_method_data": {
            "type": "us_bank_account",
            "billing_details": OWNER,
            "us_bank_account": {**account, "account_holder_type": "individual"},
        }
    }


def _european(iban: str) -> dict[str, Any]:
    return {
        "payment_method_data": {
            "type": "sepa_debit",
            "billing_details": OWNER,
            "sepa_debit": {"iban": iban},
        }
    }


def _confirmed(api: Api, type_: str, given: dict[str, Any]) -> Answer:
    form = {"allowed_payment_method_types": [type_], "confirm": True, "mandate_data": OFFLINE}
    return api.post(INTENTS, {**form, **given, "expand": ["payment_method", "mandate"]})


@pytest.mark.parametrize("number", AMERICAN)
def test_american_number_is_verified_and_set_up(api: Api, number: str) -> None:
    """An account that is told by its number waits for its deposits to be told."""
    waiting = _confirmed(api, "us_bank_account", _american(number)).object
    assert waiting["status"] == "requires_action"
    assert waiting["next_action"]["type"] == "verify_with_microdeposits"
    api.post(path_of(waiting, "/verify_microdeposits"), {"amounts": [32, 45]})
    assert reread(api, waiting)["status"] == AMERICAN[number][1]
    assert waiting["payment_method"]["us_bank_account"]["last4"] == number[-4:]


@pytest.mark.parametrize("number", [number for number, (name, _) in AMERICAN.items() if name])
def test_american_name_is_set_up(api: Api, number: str) -> None:
    """An account that is published counts as verified."""
    name, becomes = AMERICAN[number]
    intent = _confirmed(
        api, "us_bank_account", {"payment_method": f"pm_usBankAccount_{name}"}
    ).object
    assert intent["status"] == becomes
    assert intent["payment_method"]["us_bank_account"]["last4"] == number[-4:]
    assert intent["mandate"]["type"] == "multi_use"


def test_american_account_that_takes_no_deposits(api: Api) -> None:
    """Where deposits cannot be sent, the setup fails for another payment method."""
    refused = _confirmed(api, "us_bank_account", _american(NO_DEPOSITS))
    assert refused.error["code"] == "payment_method_microdeposit_failed"
    assert refused.error["setup_intent"]["status"] == "requires_payment_method"


@pytest.mark.parametrize("iban", IBANS)
def test_iban_is_set_up(api: Api, iban: str) -> None:
    """An IBAN is saved under a mandate for many debits, told by its number or its name."""
    for way in (_european(iban), {"payment_method": IBANS[iban]}):
        intent = _confirmed(api, "sepa_debit", way).object
        assert intent["status"] == "succeeded"
        account = intent["payment_method"]["sepa_debit"]
        assert (account["country"], account["last4"]) == (iban[:2], iban[-4:])
        assert (intent["mandate"]["type"], intent["mandate"]["status"]) == ("multi_use", "active")


@pytest.mark.parametrize(
    ("iban", "code"),
    [
        *((iban, "sepa_debit_bank_not_supported") for iban in BANK_NOT_SUPPORTED),
        *((iban, "sepa_debit_debits_not_supported") for iban in DEBITS_NOT_SUPPORTED),
    ],
)
def test_iban_that_cannot_be_debited(api: Api, iban: str, code: str) -> None:
    """An IBAN whose bank or account takes no part is refused when something is made of it."""
    alone = api.post("/v1/payment_methods", _european(iban)["payment_method_data"])
    assert alone.refusal == (400, "invalid_request_error", code, "sepa_debit[iban]")
    assert _confirmed(api, "sepa_debit", _european(iban)).error["code"] == code

"""
What a simulated provider tells once the customer has approved.

The payment method learns who the buyer is. The attempt keeps what the bank told of its
customer. iDEAL, Bancontact and Sofort end with the setup; the account behind them lives on
as a `sepa_debit`, which is what later payments are made with.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from service.domain.values import JsonObject
from service.domain.verdicts import Generated, Succeeded
from service.gateways import derived
from service.gateways.account_details import sepa_debit
from service.gateways.mandates import mandate_of, payer_id
from service.gateways.port import Attempt, Fingerprint
from service.gateways.wallet_details import BICS

_BUYER: Final = {"email": "jenny.rosen@example.com", "name": "Jenny Rosen"}
_IDEAL_BANK: Final = "rabobank"
_IBANS: Final[Mapping[str, str]] = {
    "bancontact": "BE62510007547061",
    "ideal": "NL39RABO0300065264",
    "sofort": "DE89370400440532013000",
}
_SOFORT_IBANS: Final[Mapping[str, str]] = {
    "AT": "AT611904300234573201",
    "BE": "BE62510007547061",
    "ES": "ES0700120345030000067890",
    "IT": "IT40S0542811101000000123456",
    "NL": "NL39RABO0300065264",
}


def approved(attempt: Attempt, fingerprint: Fingerprint) -> Succeeded:
    """Return the success of *attempt*, with all that its provider tells."""
    type_ = attempt.payment_method.type
    details = {**attempt.payment_method.details, **_BUYERS.get(type_, _nobody)(attempt)}
    if type_ == "pix":
        details["fingerprint"] = fingerprint(
            attempt.owner.account, f"pix/{_told(attempt, 'email')}"
        )
    shown = {name: details[name] for name in _KEPT_BY_ATTEMPT.get(type_, ())}
    if type_ not in _IBANS:
        return Succeeded(details=details, attempt=shown or None, mandate=mandate_of(attempt))
    iban = _SOFORT_IBANS.get(details.get("country") or "", _IBANS[type_])
    return Succeeded(
        details=details,
        attempt={**shown, **_of_the_bank(type_, attempt, iban)},
        mandate=mandate_of(attempt, "sepa_debit"),
        generated=_generated(attempt, iban, fingerprint),
    )


def _generated(attempt: Attempt, iban: str, fingerprint: Fingerprint) -> Generated:
    printed = fingerprint(attempt.owner.account, f"sepa_debit/{iban}")
    details = {**sepa_debit(iban, attempt.id), "fingerprint": printed}
    return Generated(type="sepa_debit", details=details, scenario="success")


def _of_the_bank(type_: str, attempt: Attempt, iban: str) -> JsonObject:
    told = {"iban_last4": iban[-4:], "verified_name": _told(attempt, "name")}
    if type_ == "ideal":
        return told
    bank = _BANKS_BEHIND[type_]
    return {**told, **bank, "preferred_language": "en"}


_BANKS_BEHIND: Final[Mapping[str, Mapping[str, str]]] = {
    "bancontact": {"bank_code": "VAPE", "bank_name": "VAN DE PUT & CO", "bic": "VAPEBE22"},
    "sofort": {"bank_code": "DEUT", "bank_name": "Deutsche Bank", "bic": "DEUTDE2H"},
}


def _told(attempt: Attempt, part: str) -> str:
    """Return the buyer's *part* (`"name"`) as the billing details have it, or the test buyer's."""
    return attempt.payment_method.billing_details.get(part) or _BUYER[part]


def _nobody(_: Attempt) -> dict[str, Any]:
    return {}


def _buyer_id(attempt: Attempt) -> dict[str, Any]:
    return {"buyer_id": derived.text(24, "buyer", attempt.payment_method.id)}


def _cashapp(attempt: Attempt) -> dict[str, Any]:
    return {**_buyer_id(attempt), "cashtag": "$jennyrosen"}


def _ideal(attempt: Attempt) -> dict[str, Any]:
    bank = attempt.payment_method.details.get("bank") or _IDEAL_BANK
    return {"bank": bank, "bic": BICS[bank]}


def _kr_card(_: Attempt) -> dict[str, Any]:
    return {"brand": "kookmin", "last4": "4242"}


def _link(attempt: Attempt) -> dict[str, Any]:
    return {"email": attempt.payment_method.details.get("email") or _told(attempt, "email")}


def _paypal(attempt: Attempt) -> dict[str, Any]:
    address = attempt.payment_method.billing_details.get("address") or {}
    return {
        "country": address.get("country") or "US",
        "payer_email": _told(attempt, "email"),
        "payer_id": payer_id(attempt),
    }


def _upi(_: Attempt) -> dict[str, Any]:
    return {"vpa": "jenny.rosen@test"}


_BUYERS: Final[Mapping[str, Callable[[Attempt], dict[str, Any]]]] = {
    "bizum": _buyer_id,
    "blik": _buyer_id,
    "cashapp": _cashapp,
    "ideal": _ideal,
    "kr_card": _kr_card,
    "link": _link,
    "naver_pay": _buyer_id,
    "paypal": _paypal,
    "upi": _upi,
}
_KEPT_BY_ATTEMPT: Final[Mapping[str, tuple[str, ...]]] = {
    "blik": ("buyer_id",),
    "ideal": ("bank", "bic"),
    "naver_pay": ("buyer_id",),
    "pix": ("fingerprint",),
}

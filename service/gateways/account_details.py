"""
A bank account as a PaymentMethod shows it, and what its fingerprint is taken of.

Of the number itself only the last four digits are shown. What comes in has been held against
its form already, so nothing is checked here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from service.domain.bank_numbers import compact, parts_of
from service.domain.values import JsonObject

_TEST_BANK: Final = "STRIPE TEST BANK"
_LINKED: Final = "financial_connections_account"


@dataclass(frozen=True, slots=True)
class Account:
    """
    An account's hash, still without its fingerprint, and its whole *number*, told to nobody.

    *number* is empty for an account that was named in another way.
    """

    details: dict[str, Any]
    number: str = field(repr=False)


def _acss_debit(given: JsonObject) -> Account:
    number = compact(given["account_number"])
    details = {
        "bank_name": _TEST_BANK,
        "fingerprint": None,
        "institution_number": compact(given["institution_number"]),
        "last4": number[-4:],
        "transit_number": compact(given["transit_number"]),
    }
    return Account(details, number)


def _au_becs_debit(given: JsonObject) -> Account:
    number = compact(given["account_number"])
    bsb = compact(given["bsb_number"])
    return Account({"bsb_number": bsb, "fingerprint": None, "last4": number[-4:]}, number)


def _bacs_debit(given: JsonObject) -> Account:
    number = compact(given["account_number"])
    sort_code = compact(given["sort_code"])
    return Account({"fingerprint": None, "last4": number[-4:], "sort_code": sort_code}, number)


def _nz_bank_account(given: JsonObject) -> Account:
    number, suffix = compact(given["account_number"]), compact(given["suffix"])
    details = {
        "account_holder_name": given.get("account_holder_name"),
        "bank_code": compact(given["bank_code"]),
        "bank_name": _TEST_BANK,
        "branch_code": compact(given["branch_code"]),
        "last4": number[-4:],
        "suffix": suffix,
    }
    return Account(details, f"{number}-{suffix}")


def payto(given: JsonObject) -> dict[str, Any]:
    """Return the `payto` hash of an account, or of the PayID that stands for one."""
    number = compact(given.get("account_number") or "")
    return {
        "bsb_number": compact(given.get("bsb_number") or "") or None,
        "last4": number[-4:] or None,
        "pay_id": given.get("pay_id"),
    }


def _payto(given: JsonObject) -> Account:
    return Account(payto(given), compact(given.get("account_number") or ""))


def sepa_debit(iban: str, setup_attempt: str | None = None) -> dict[str, Any]:
    """Return the `sepa_debit` hash of *iban*; *setup_attempt* is the one that told of it."""
    parts = parts_of(iban)
    return {
        "bank_code": parts.bank_code,
        "branch_code": parts.branch_code,
        "country": parts.country,
        "fingerprint": None,
        "generated_from": {"charge": None, "setup_attempt": setup_attempt},
        "last4": iban[-4:],
    }


def _sepa_debit(given: JsonObject) -> Account:
    iban = compact(given["iban"])
    return Account(sepa_debit(iban), iban)


def _us_bank_account(given: JsonObject) -> Account:
    number = compact(given.get("account_number") or "")
    details = {
        "account_holder_type": given.get("account_holder_type"),
        "account_type": given.get("account_type", "checking"),
        "bank_name": _TEST_BANK,
        _LINKED: given.get(_LINKED),
        "fingerprint": None,
        # Who links an account chooses it elsewhere; the test bank has one for everybody.
        "last4": number[-4:] or "6789",
        "networks": {"preferred": "ach", "supported": ["ach"]},
        "routing_number": compact(given.get("routing_number") or "110000000"),
        "status_details": {},
    }
    return Account(details, number)


ACCOUNTS: Final[Mapping[str, Callable[[JsonObject], Account]]] = {
    "acss_debit": _acss_debit,
    "au_becs_debit": _au_becs_debit,
    "bacs_debit": _bacs_debit,
    "nz_bank_account": _nz_bank_account,
    "payto": _payto,
    "sepa_debit": _sepa_debit,
    "us_bank_account": _us_bank_account,
}

# What of the hash tells one bank from another, beside the account's number.
BANKS: Final[Mapping[str, tuple[str, ...]]] = {
    "acss_debit": ("institution_number", "transit_number"),
    "au_becs_debit": ("bsb_number",),
    "bacs_debit": ("sort_code",),
    "us_bank_account": ("routing_number", _LINKED),
}

"""
What a payment method of each type has to be described with before one can be made.

Stripe's reference declares almost every member optional, since one declaration serves all
types. Its guides say type by type what is needed: the account itself, and of whoever owns it
what the scheme's mandate has to name. That is what these tables hold.
"""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import UNSET

from service.wire import bad_param
from service.wire.bad_param import BadParam, child
from service.wire.hashes import Hash

# Types whose own hash cannot be left out.
_DESCRIBED: Final = frozenset(
    {
        "acss_debit",
        "au_becs_debit",
        "bacs_debit",
        "boleto",
        "card",
        "fpx",
        "nz_bank_account",
        "payto",
        "sepa_debit",
        "sofort",
        "us_bank_account",
    }
)
# What the billing details of a type have to tell.
_BILLING: Final[Mapping[str, tuple[str, ...]]] = {
    "acss_debit": ("name", "email"),
    "au_becs_debit": ("name", "email"),
    "bacs_debit": ("name", "email"),
    "nz_bank_account": ("name", "email"),
    "sepa_debit": ("name", "email"),
    "us_bank_account": ("name",),
}
# A Bacs mandate is confirmed by letter.
_ADDRESSED: Final = frozenset({"bacs_debit"})
_ADDRESS: Final = ("line1", "city", "postal_code")


def check_needs(given: Hash, type_: str, name: str) -> None:
    """Raise `BadParam` where *given*, called *name*, lacks what a payment method needs."""
    if type_ in _DESCRIBED and getattr(given, type_) is UNSET:
        raise bad_param.missing(child(name, type_))
    needed = _BILLING.get(type_)
    if needed is None:
        return
    billing: Any = getattr(given, "billing_details", UNSET)
    for key in needed:
        if not _tells(billing, key):
            raise bad_param.missing(child(child(name, "billing_details"), key))
    if type_ in _ADDRESSED:
        _check_address(billing, child(name, "billing_details"))


def _check_address(billing: Any, name: str) -> None:
    if not all(_tells(billing.address, key) for key in _ADDRESS):
        raise BadParam(
            f"Tell where the account's owner lives: '{child(name, 'address')}' needs "
            f"{', '.join(_ADDRESS[:-1])} and {_ADDRESS[-1]}.",
            code="payment_method_billing_details_address_missing",
            param=child(name, "address"),
        )


def _tells(given: Any, key: str) -> bool:
    """Say whether the hash *given*, which may be absent or empty, has a value under *key*."""
    return isinstance(given, Hash) and getattr(given, key) not in (UNSET, "")

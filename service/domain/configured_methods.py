"""
The payment methods that a configuration speaks of, and which of them are on by themselves.

Among them are some that are no types of their own: wallets and brands that a card comes in.
"""

from collections.abc import Mapping
from typing import Final

from service.domain.method_types import DEFAULT_ENABLED, TYPES

# fmt: off
METHODS: Final = (
    "acss_debit", "affirm", "afterpay_clearpay", "alipay", "alma", "amazon_pay", "apple_pay",
    "au_becs_debit", "bacs_debit", "bancontact", "billie", "bizum", "blik", "boleto", "card",
    "cartes_bancaires", "cashapp", "crypto", "customer_balance", "eps", "fpx", "giropay",
    "google_pay", "grabpay", "ideal", "jcb", "kakao_pay", "klarna", "konbini", "kr_card", "link",
    "mb_way", "mobilepay", "multibanco", "naver_pay", "nz_bank_account", "oxxo", "p24",
    "pay_by_bank", "payco", "paynow", "paypal", "paypay", "payto", "pix", "promptpay",
    "revolut_pay", "samsung_pay", "satispay", "scalapay", "sepa_debit", "sequra", "sofort",
    "sunbit", "swish", "twint", "upi", "us_bank_account", "wechat_pay", "zip",
)
# fmt: on

_BRANDS: Final = frozenset({"cartes_bancaires", "jcb"})
_ON: Final = frozenset(DEFAULT_ENABLED) | _BRANDS
_POSSIBLE: Final = frozenset(TYPES) | _BRANDS


def is_on(method: str, preferences: Mapping[str, str]) -> bool:
    """Say whether *method* is on: as it is preferred, or where nothing is, by itself."""
    preference = preferences.get(method, "none")
    return method in _ON if preference == "none" else preference == "on"


def is_available(method: str, preferences: Mapping[str, str]) -> bool:
    """Say whether *method* is offered: it is on, and can be set up here."""
    return method in _POSSIBLE and is_on(method, preferences)


def enabled_types(preferences: Mapping[str, str]) -> tuple[str, ...]:
    """Return the types that are on, a card first."""
    return tuple(name for name in TYPES if is_on(name, preferences))


# What the default configuration prefers, as long as nobody has said otherwise.
BY_DEFAULT: Final[Mapping[str, str]] = {
    method: "on" if method in _ON else "off" for method in METHODS
}

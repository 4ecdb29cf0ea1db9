"""One example of each type of payment method, as a form describes it."""

from collections.abc import Mapping
from typing import Any, Final

BILLING: Final[Mapping[str, Any]] = {
    "address": {"city": "London", "line1": "1 Main Street", "postal_code": "EC1A 1BB"},
    "email": "jenny.rosen@example.com",
    "name": "Jenny Rosen",
}

# The hash named like the type, for those that need one.
_GIVEN: Final[Mapping[str, Mapping[str, Any]]] = {
    "acss_debit": {
        "account_number": "000123456789",
        "institution_number": "000",
        "transit_number": "11000",
    },
    "au_becs_debit": {"account_number": "000123456", "bsb_number": "000-000"},
    "bacs_debit": {"account_number": "00012345", "sort_code": "10-88-00"},
    "boleto": {"tax_id": "000.000.000-00"},
    "eps": {"bank": "erste_bank_und_sparkassen"},
    "fpx": {"bank": "maybank2u"},
    "ideal": {"bank": "abn_amro"},
    "klarna": {"dob": {"day": 31, "month": 12, "year": 1990}},
    "naver_pay": {"funding": "points"},
    "nz_bank_account": {
        "account_number": "0000000",
        "bank_code": "11",
        "branch_code": "0000",
        "suffix": "010",
    },
    "p24": {"bank": "ing"},
    "payto": {"pay_id": "jenny.rosen@example.com"},
    "sepa_debit": {"iban": "DE89 3704 0044 0532 0130 00"},
    "sofort": {"country": "DE"},
    "us_bank_account": {
        "account_holder_type": "individual",
        "account_number": "000123456789",
        "routing_number": "110000000",
    },
}
_PLAIN: Final = (
    "affirm afterpay_clearpay alipay alma amazon_pay bancontact billie bizum blik cashapp crypto "
    "customer_balance giropay grabpay kakao_pay konbini kr_card link mb_way mobilepay multibanco "
    "oxxo pay_by_bank payco paynow paypal paypay pix promptpay revolut_pay samsung_pay satispay "
    "scalapay sequra sunbit swish twint upi wechat_pay zip"
)

# Every type that can be described, but for a card.
DESCRIBED: Final[Mapping[str, Mapping[str, Any]]] = {
    **_GIVEN,
    **{type_: {} for type_ in _PLAIN.split()},
}


def form(type_: str, **hash_: Any) -> dict[str, Any]:
    """Return the parameters that describe one of *type_*; None leaves a member out."""
    laid = {**DESCRIBED[type_], **hash_}
    given = {name: value for name, value in laid.items() if value is not None}
    return {"type": type_, "billing_details": BILLING, **({type_: given} if given else {})}


def flat(given: Any, name: str = "") -> dict[str, str]:
    """Return nested parameters by their bracketed names."""
    if not isinstance(given, dict):
        return {name: str(given)}
    return {
        full: value
        for key, below in given.items()
        for full, value in flat(below, f"{name}[{key}]" if name else key).items()
    }

"""
What a PaymentMethod shows that is neither a card nor a bank account.

Most types show nothing of their own until a provider has told who the buyer is. The banks of
iDEAL are shown with their identifiers (BIC).
"""

from collections.abc import Mapping
from typing import Any, Final

from service.domain.values import JsonObject

# What each type shows, if only as null; a type that is not in here shows an empty hash.
_SHOWN: Final[Mapping[str, Mapping[str, Any]]] = {
    "bizum": {"buyer_id": None},
    "blik": {"buyer_id": None},
    "boleto": {"tax_id": None},
    "cashapp": {"buyer_id": None, "cashtag": None},
    "eps": {"bank": None},
    "fpx": {"bank": None},
    "ideal": {"bank": None, "bic": None},
    "klarna": {"dob": None},
    "kr_card": {"brand": None, "last4": None},
    "link": {"email": None},
    "naver_pay": {"buyer_id": None, "funding": "card"},
    "p24": {"bank": None},
    "paypal": {"country": None, "payer_email": None, "payer_id": None},
    "pix": {"fingerprint": None},
    "sofort": {"country": None},
    "upi": {"vpa": None},
}

BICS: Final[Mapping[str, str]] = {
    "abn_amro": "ABNANL2A",
    "adyen": "ADYBNL2A",
    "asn_bank": "ASNBNL21",
    "bunq": "BUNQNL2A",
    "buut": "BUUTNL2A",
    "finom": "FNOMNL22",
    "handelsbanken": "HANDNL2A",
    "ing": "INGBNL2A",
    "knab": "KNABNL2H",
    "mollie": "MLLENL2A",
    "moneyou": "MOYONL21",
    "n26": "NTSBDEB1",
    "nn": "NNBANL2G",
    "rabobank": "RABONL2U",
    "regiobank": "RBRBNL21",
    "revolut": "REVOLT21",
    "sns_bank": "SNSBNL2A",
    "triodos_bank": "TRIONL2U",
    "van_lanschot": "FVLBNL22",
    "yoursafe": "BITSNL2A",
}


def details(type_: str, given: JsonObject, billing_details: JsonObject) -> dict[str, Any]:
    """Return the hash of a new PaymentMethod of *type_*, of which a form has *given* some."""
    shown = _SHOWN.get(type_, {})
    hash_ = {name: given.get(name, usual) for name, usual in shown.items()}
    if type_ == "ideal":
        hash_["bic"] = BICS.get(hash_["bank"])
    if type_ == "link":
        hash_["email"] = billing_details.get("email")
    return hash_

"""A token as it is shown: a pure fold of its stream."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final, assert_never

from projections.view import View, merged, ordered
from service.domain import blanks
from service.domain.events import PersonalDataForgotten, TokenCreated, TokenEvent, TokenUsed

# Cards were called so before there were payment methods, and in tokens still are.
_BRANDS: Final[Mapping[str, str]] = {
    "amex": "American Express",
    "cartes_bancaires": "Cartes Bancaires",
    "diners": "Diners Club",
    "discover": "Discover",
    "eftpos_au": "Eftpos Australia",
    "jcb": "JCB",
    "mastercard": "MasterCard",
    "unionpay": "UnionPay",
    "visa": "Visa",
}
_AS_THEY_ARE: Final = ("country", "exp_month", "exp_year", "fingerprint", "funding", "last4")
_OF_A_BANK: Final = ("account_type", "bank_name", "fingerprint", "last4", "routing_number")
_OF_A_CARDHOLDER: Final = dict.fromkeys(
    (
        "address_city",
        "address_country",
        "address_line1",
        "address_line2",
        "address_state",
        "address_zip",
        "name",
    )
)

_forgotten: Final = partial(
    blanks.members,
    {"bank_account": blanks.holder, "card": blanks.holder, "client_ip": blanks.gone},
)


def step(current: View, event: TokenEvent) -> View:
    """Return *current* as it is after *event*, as a new view."""
    if isinstance(event, PersonalDataForgotten):
        return dict(_forgotten(current))
    return merged(current, changes(event))


def changes(event: TokenCreated | TokenUsed) -> View:
    """Return the fields that *event* sets. A field that is absent stays as it was."""
    match event:
        case TokenCreated():
            return _created(event)
        case TokenUsed():
            return {"used": True}
        case _:
            assert_never(event)


def _created(event: TokenCreated) -> View:
    return ordered(
        {
            "id": event.token_id,
            "object": "token",
            event.type: _card(event) if event.type == "card" else _bank_account(event),
            "client_ip": event.client_ip,
            "created": event.at,
            "livemode": event.livemode,
            "type": event.type,
            "used": False,
        }
    )


def _card(event: TokenCreated) -> View:
    details: Mapping[str, Any] = event.instrument.details
    checks, brand = details["checks"], details["brand"]
    return ordered(
        {
            **{name: details[name] for name in _AS_THEY_ARE},
            **_OF_A_CARDHOLDER,
            **event.holder,
            "id": event.source,
            "object": "card",
            "address_line1_check": checks["address_line1_check"],
            "address_zip_check": checks["address_postal_code_check"],
            "brand": _BRANDS.get(brand, "Unknown"),
            "cvc_check": checks["cvc_check"],
            "dynamic_last4": None,
            "metadata": {},
            "networks": {"preferred": details["networks"]["preferred"]},
            "regulated_status": details["regulated_status"],
            "tokenization_method": None,
            "wallet": None,
        }
    )


def _bank_account(event: TokenCreated) -> View:
    details: Mapping[str, Any] = event.instrument.details
    return ordered(
        {
            **{name: details.get(name) for name in _OF_A_BANK},
            **event.holder,
            "id": event.source,
            "object": "bank_account",
            "status": "new",
        }
    )

"""
Values that mean something to a server: numbers that pass their checks, forms that are whole.

They stand by the names that they are sent under, or by the name of a whole form's schema.
"""

from collections.abc import Mapping
from typing import Any, Final

Choices = Mapping[str, list[Any]]

# Nobody listens there: what is subscribed in passing reaches nothing, and nothing far away.
DEAF: Final = ["http://127.0.0.1:9/hook", "http://localhost:9/", "https://127.0.0.1:9/?a=b"]

_WHO: Final = {"name": "Jenny Rosen", "email": "jenny@example.com"}
_EXPIRY: Final = {"exp_month": "12", "exp_year": "2034", "cvc": "123"}
_US: Final = {
    "account_holder_type": "individual",
    "account_number": "000123456789",
    "routing_number": "110000000",
}
_ACH: Final = {"type": "us_bank_account", "us_bank_account": _US, "billing_details": _WHO}
_SEPA: Final = {
    "type": "sepa_debit",
    "sepa_debit": {"iban": "DE89370400440532013000"},
    "billing_details": _WHO,
}
_METHODS: Final[list[dict[str, Any]]] = [
    {"type": "card", "card": {"token": "tok_visa"}},
    {"type": "card", "card": {"number": "4000002500003155", **_EXPIRY}},
    {"type": "card", "card": {"number": "4000000000000002", **_EXPIRY}},
    {"type": "card", "card": {"number": "1", **_EXPIRY}},
    _ACH,
    _SEPA,
    {"type": "ideal", "ideal": {"bank": "ing"}, "billing_details": _WHO},
    {"type": "link", "link": {}},
    {"type": "paypal"},
]
_AGREED: Final = {"customer_acceptance": {"type": "offline", "offline": {}}}

# What makes a mandate, and what waits for deposits to be told.
MANDATED: Final = {
    "confirm": True,
    "mandate_data": _AGREED,
    "payment_method_data": _SEPA,
    "payment_method_types": ["sepa_debit"],
}
DEPOSITED: Final = {
    "confirm": True,
    "mandate_data": _AGREED,
    "payment_method_data": _ACH,
    "payment_method_options": {"us_bank_account": {"verification_method": "microdeposits"}},
    "payment_method_types": ["us_bank_account"],
}

# Whole forms, by their schemas.
FORMS: Final[Choices] = {
    "ConfirmationTokenCreateParams": [
        {"payment_method": "pm_card_visa"},
        *({"payment_method_data": method} for method in _METHODS),
    ],
    "PaymentMethodCreateParams": _METHODS,
    "PaymentMethodData": _METHODS,
    "TokenCreateParams": [
        {"card": {"number": "4242424242424242", **_EXPIRY}},
        {"card": {"number": "4242424242424241", **_EXPIRY}},
        {"bank_account": {"country": "US", "currency": "usd", **_US}},
    ],
}

# Values, by the names of the parameters.
VALUES: Final[Choices] = {
    "Stripe-Version": ["2026-08-26.dahlia", "2026-10-28.endive", "2023-08-16", "2020-08-27"],
    "allowed_payment_method_types": [["card"], ["card", "sepa_debit", "us_bank_account"], ""],
    "amounts": [["32", "45"], ["10", "11"], ["1", "2"]],
    "created": ["1", {"gte": "1", "lt": "4000000000"}],
    "currency": ["usd", "eur", "cad", "xxx"],
    "descriptor_code": ["SM11AA", "SM33CC"],
    "email": ["jenny@example.com"],
    "enabled_events": [["*"], ["setup_intent.succeeded", "customer.created"]],
    "exp_month": ["1", "12", "13"],
    "exp_year": ["2034", "34", "2019"],
    "expand": [[], ["customer"], ["payment_method"], ["latest_attempt"], ["data.customer"]],
    "limit": ["1", "3", "100", "-1"],
    "mandate_data": [_AGREED],
    "name": ["Jenny Rosen"],
    "payment_method_options": [
        {"card": {"request_three_d_secure": "any"}},
        {"us_bank_account": {"verification_method": "microdeposits"}},
    ],
    "payment_method_types": [["card"], ["card", "ideal", "us_bank_account"]],
    "outcome": ["connect", "delivered"],
    "query": ["email:'jenny@example.com'", "created>1 AND name~'Jenny'", "name:"],
    "return_url": ["https://shop.example/back?a=b"],
    "since": ["1", "1700000000", "4000000000"],
    "state": ["open", "exhausted", "delivered", "CA"],
    "states": [["all"], ["failed", "parked"], ["never_attempted"]],
    "status": ["503", "5xx", "9xx"],
    "types": [["customer.created"], ["setup_intent.*", "mandate.updated"]],
    "until": ["2", "1800000000", "4000000000"],
}

# What mostly is turned down, whatever stands beside it.
UNLIKELY: Final = frozenset(
    {
        "automatic_payment_methods",
        "client_secret",
        "confirmation_token",
        "customer_account",
        "default_payment_method",
        "ending_before",
        "excluded_payment_method_types",
        "on_behalf_of",
        "page",
        "payment_method_configuration",
    }
)

"""What the mandate of each type shows, as it was asked for and as it is usual."""

from typing import Any

import pytest

from service.gateways.mandates import mandate_of
from tests.setting_up import attempt
from tests.simulated import AT

USUAL: dict[str, dict[str, Any]] = {
    "acss_debit": {
        "interval_description": None,
        "payment_schedule": "sporadic",
        "transaction_type": "personal",
    },
    "au_becs_debit": {},
    "blik": {"expires_at": None, "type": "off_session"},
    "cashapp": {},
    "nz_bank_account": {},
    "payto": {
        "amount": None,
        "amount_type": "maximum",
        "end_date": None,
        "payment_schedule": "adhoc",
        "payments_per_period": None,
        "purpose": None,
        "start_date": "2026-09-21",
    },
    "pix": {
        "amount_includes_iof": "never",
        "amount_type": "maximum",
        "payment_schedule": "monthly",
        "start_date": "2026-09-24",
    },
    "upi": {"amount": None, "amount_type": None, "description": None, "end_date": None},
    "us_bank_account": {},
}
TERMS = {"amount": 1500, "amount_type": "maximum", "currency": "inr", "interval": "month"}
ASKED: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "acss_debit",
        {
            "custom_mandate_url": "https://shop.example",
            "default_for": ["invoice"],
            "interval_description": "Mondays",
            "payment_schedule": "interval",
            "transaction_type": "business",
        },
        {
            "default_for": ["invoice"],
            "interval_description": "Mondays",
            "payment_schedule": "interval",
            "transaction_type": "business",
        },
    ),
    ("blik", {"expires_at": AT + 9}, {"expires_at": AT + 9}),
    ("payto", {"payment_schedule": "weekly", "amount": ""}, {"payments_per_period": 1}),
    ("payto", {"payment_schedule": "", "start_date": "2027-01-01"}, {"start_date": "2027-01-01"}),
    ("pix", {"reference": "Flat", "amount": 500}, {"reference": "Flat"}),
    ("upi", {"amount": 500, "amount_type": "fixed"}, {"amount": 500, "amount_type": "fixed"}),
    ("us_bank_account", {"collection_method": "paper"}, {"collection_method": "paper"}),
    ("us_bank_account", {"collection_method": ""}, {}),
]


def details(type_: str, **options: Any) -> dict[str, Any]:
    mandate = mandate_of(attempt(type_, mandate_options=options))
    assert mandate is not None
    assert mandate["type"] == type_
    shown: dict[str, Any] = mandate[type_]
    return shown


@pytest.mark.parametrize("type_", USUAL)
def test_is_usual(type_: str) -> None:
    """Where nothing was asked for, a mandate shows what Stripe's reference calls the default."""
    shown = details(type_)
    assert shown == USUAL[type_]
    assert list(shown) == sorted(shown)


@pytest.mark.parametrize(("type_", "options", "expected"), ASKED)
def test_is_as_asked(type_: str, options: dict[str, Any], expected: dict[str, Any]) -> None:
    """What was asked for wins; what was unset counts as not asked for."""
    shown = details(type_, **options)
    assert shown.items() >= expected.items()
    assert "" not in shown.values()
    assert "custom_mandate_url" not in shown


@pytest.mark.parametrize("type_", ["bacs_debit", "sepa_debit"])
def test_has_a_reference(type_: str) -> None:
    """A reference begins as it was asked to, and is the same whenever it is asked for."""
    reference = details(type_, reference_prefix="RENT-2026-")["reference"]
    assert reference.startswith("RENT-2026-")
    assert reference == details(type_, reference_prefix="RENT-2026-")["reference"]
    assert len(details("bacs_debit", reference_prefix="A" * 12)["reference"]) == 18
    assert len(details(type_)["reference"]) == 16


def test_of_paypal_names_the_agreement() -> None:
    """A billing agreement that is given is kept; else there is a new one."""
    made = mandate_of(attempt("paypal"))
    given = mandate_of(attempt("paypal", billing_agreement_id="B-1"))
    assert made is not None
    assert given is not None
    assert made["paypal"]["billing_agreement_id"].startswith("B-")
    assert given["paypal"]["billing_agreement_id"] == "B-1"
    assert len(made["paypal"]["payer_id"]) == 13


@pytest.mark.parametrize(
    ("card", "terms", "made"),
    [
        ("in", TERMS, {"card": {"india": {"inactive_reason": None}}, "type": "card"}),
        ("in", None, None),
        ("visa", TERMS, None),
    ],
)
def test_of_a_card_is_made_in_india_where_there_are_terms(
    card: str, terms: dict[str, Any] | None, made: dict[str, Any] | None
) -> None:
    """A card from India that is given terms is set up under an e-mandate, and no other is."""
    assert mandate_of(attempt(f"pm_card_{card}", mandate_options=terms)) == made


@pytest.mark.parametrize("type_", ["bizum", "boleto", "satispay"])
def test_there_is_none(type_: str) -> None:
    """Some types are set up without a mandate."""
    assert mandate_of(attempt(type_)) is None

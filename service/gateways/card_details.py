"""A test card as a PaymentMethod shows it."""

from collections.abc import Mapping
from typing import Any, Final

from service.domain.values import JsonObject
from service.gateways.cards import Card
from service.gateways.scenarios import Scenario

# How a brand is called on the card, where that is another word.
_DISPLAYED: Final[Mapping[str, str]] = {
    "amex": "american_express",
    "diners": "diners_club",
    "unionpay": "union_pay",
}


def details(
    card: Card, *, expiry: tuple[int, int], fingerprint: str, checks: JsonObject
) -> dict[str, Any]:
    """Return the `card` hash of a new PaymentMethod. *expiry* is (month, year)."""
    month, year = expiry
    return {
        "brand": card.brand,
        "checks": checks,
        "country": card.country,
        "display_brand": _DISPLAYED.get(card.brand, card.brand),
        "exp_month": month,
        "exp_year": year,
        "fingerprint": fingerprint,
        "funding": card.funding,
        "generated_from": None,
        "last4": card.number[-4:],
        "networks": {"available": list(card.networks), "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": card.three_d_secure},
        "wallet": None,
    }


def unchecked(billing_details: JsonObject, *, with_cvc: bool) -> dict[str, Any]:
    """Return the checks of a card that nobody has looked at: null where there is nothing to."""
    return _checks(
        billing_details,
        with_cvc=with_cvc,
        found=("unchecked", "unchecked", "unchecked"),
    )


def looked_at(card: JsonObject, billing_details: JsonObject, scenario: Scenario) -> dict[str, Any]:
    """Return the details of *card* after the issuer has checked what was sent."""
    checks = _checks(
        billing_details,
        with_cvc=card["checks"]["cvc_check"] is not None,
        found=(
            scenario.address_line1_check,
            scenario.address_postal_code_check,
            scenario.cvc_check,
        ),
    )
    return {**card, "checks": checks}


def _checks(
    billing_details: JsonObject, *, with_cvc: bool, found: tuple[str, str, str]
) -> dict[str, Any]:
    line1, postal_code, cvc = found
    address = billing_details.get("address") or {}
    return {
        "address_line1_check": line1 if address.get("line1") else None,
        "address_postal_code_check": postal_code if address.get("postal_code") else None,
        "cvc_check": cvc if with_cvc else None,
    }

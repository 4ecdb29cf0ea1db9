"""
What of an instrument may change once it is saved: a card's expiry and preferred network, whose
a bank account is and of which kind, and the account behind a PayTo agreement.
"""

from collections.abc import Mapping
from typing import Any, Final

from service.domain.errors import InstrumentRefused
from service.domain.payment_method import PaymentMethod
from service.domain.values import JsonObject
from service.gateways.port import Described, Gateway

# The hashes that an update takes, named like their types.
CHANGEABLE: Final = ("card", "payto", "us_bank_account")
# What Stripe shows in the place of a network that the card does not run on.
_NOT_THE_CARDS: Final = "invalid_preference"


def with_details(
    changes: Mapping[str, Any], payment_method: PaymentMethod, gateway: Gateway, at: int
) -> dict[str, Any]:
    """
    Return *changes* with the hash named like the payment method's type as its `details`.

    Raise `Refused` where a hash is another type's, or asks for what cannot be.
    """
    for type_ in CHANGEABLE:
        if type_ in changes and type_ != payment_method.type:
            raise _refused(
                f"'{type_}' does not describe {payment_method.id}, whose type is "
                f"{payment_method.type}.",
                param=type_,
            )
    rest = {name: value for name, value in changes.items() if name not in CHANGEABLE}
    given = changes.get(payment_method.type)
    if not given:
        return rest
    return {**rest, "details": _details(given, payment_method, gateway, at)}


def _details(
    given: JsonObject, payment_method: PaymentMethod, gateway: Gateway, at: int
) -> JsonObject:
    match payment_method.type:
        case "card":
            return _card(given, payment_method.details, gateway, at)
        case "payto":
            return gateway.tokenize(
                Described(type="payto", given=given),
                owner=payment_method.owner,
                billing_details=payment_method.billing_details,
                at=at,
            ).details
        case _:
            return given


def _card(given: JsonObject, details: JsonObject, gateway: Gateway, at: int) -> JsonObject:
    """A new expiry has to be one; of a preferred network it is told whether it is the card's."""
    if "exp_month" in given or "exp_year" in given:
        month, year = (given.get(part, details[part]) for part in ("exp_month", "exp_year"))
        gateway.check_expiry(month, year, at)
    networks = given.get("networks")
    return {**given, "networks": preferring(details, networks)} if networks else given


def preferring(details: JsonObject, networks: JsonObject) -> JsonObject:
    """
    Return a card's networks with the one that is preferred; an empty name prefers none.

    One that the card does not run on is no reason to refuse the card: Stripe keeps that it was so.
    """
    preferred, available = networks["preferred"] or None, details["networks"]["available"]
    if preferred is not None and preferred not in available:
        preferred = _NOT_THE_CARDS
    return {"available": available, "preferred": preferred}


def _refused(message: str, *, param: str) -> InstrumentRefused:
    return InstrumentRefused(message, code="payment_method_invalid_parameter", param=param)

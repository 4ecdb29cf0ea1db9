"""What a setup attempt shows of its payment method, for ever."""

from typing import Final

from service.domain.values import JsonObject

_OF_A_CARD: Final = (
    "brand",
    "checks",
    "country",
    "exp_month",
    "exp_year",
    "fingerprint",
    "funding",
    "last4",
)


def attempt_details(
    type_: str, details: JsonObject, three_d_secure: JsonObject | None = None
) -> JsonObject:
    """
    Return an attempt's `payment_method_details` for a payment method of *type_*.

    *details* is the hash that the payment method itself shows. A card lists fewer members
    in an attempt, and the network and authentication that were used.
    """
    if type_ != "card":
        return dict(sorted({"type": type_, type_: {}}.items()))
    card = {name: details.get(name) for name in _OF_A_CARD}
    networks = details.get("networks") or {}
    card["network"] = networks.get("preferred") or details.get("brand")
    card["three_d_secure"] = three_d_secure
    card["wallet"] = details.get("wallet")
    return {"card": card, "type": type_}

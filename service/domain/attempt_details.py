"""What a setup attempt shows of its payment method, for ever."""

from collections.abc import Mapping
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

_OF_A_GENERATOR: Final = (
    "bic",
    "generated_sepa_debit",
    "generated_sepa_debit_mandate",
    "iban_last4",
    "verified_name",
)
_OF_A_BANK: Final = ("bank_code", "bank_name", *_OF_A_GENERATOR, "preferred_language")
# What is always there, if only as null. Every other type but a card shows an empty hash.
_ALWAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "bancontact": _OF_A_BANK,
    "blik": ("buyer_id",),
    "ideal": ("bank", *_OF_A_GENERATOR),
    "pix": ("fingerprint",),
    "sofort": _OF_A_BANK,
}
# An attempt tells of them by their names alone.
_WITHOUT_HASH: Final = frozenset({"bizum"})


def attempt_details(
    type_: str,
    details: JsonObject,
    three_d_secure: JsonObject | None = None,
    shown: JsonObject | None = None,
    options: JsonObject | None = None,
) -> JsonObject:
    """
    Return an attempt's `payment_method_details` for a payment method of *type_*.

    *details* is the hash that the payment method itself shows. A card lists fewer members
    in an attempt, and the network and authentication that were used: the network is the one
    that the attempt's *options* ask for, where the card runs on it. *shown* is what an attempt
    lists of any other type.
    """
    if type_ in _WITHOUT_HASH:
        return {"type": type_}
    if type_ != "card":
        listed = {**dict.fromkeys(_ALWAYS.get(type_, ())), **(shown or {})}
        return dict(sorted({"type": type_, type_: dict(sorted(listed.items()))}.items()))
    card = {name: details.get(name) for name in _OF_A_CARD}
    card["network"] = _network(details, (options or {}).get("card") or {})
    card["three_d_secure"] = three_d_secure
    card["wallet"] = details.get("wallet")
    return {"card": card, "type": type_}


def _network(details: JsonObject, options: JsonObject) -> str | None:
    networks = details.get("networks") or {}
    chosen = (options.get("network"), networks.get("preferred"))
    available = (one for one in chosen if one in networks.get("available", ()))
    used: str | None = next(available, details.get("brand"))
    return used

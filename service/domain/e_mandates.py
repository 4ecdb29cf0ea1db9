"""
E-mandates: what a card's customer agrees to with the bank, where the card is from India.

A card asks for one by its terms, `card[mandate_options]`; of cards from elsewhere the terms
are kept and mean nothing. Nobody has to tell how it was accepted: the customer does so at the
bank, by authenticating.
"""

from typing import Final

from service.domain.values import JsonObject

_COUNTRY: Final = "IN"
ACCEPTED_AT_THE_BANK: Final[JsonObject] = {"customer_acceptance": {"type": "online"}}


def makes_e_mandate(type_: str, details: JsonObject, options: JsonObject) -> bool:
    """Say whether the setup, with *options*, of a payment method makes an e-mandate."""
    if type_ != "card" or details.get("country") != _COUNTRY:
        return False
    return bool((options.get("card") or {}).get("mandate_options"))

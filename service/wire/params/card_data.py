"""A card as it is sent: the one place that ever holds a whole number, on its way to a gateway."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta

from service.wire import bad_param
from service.wire.bad_param import child
from service.wire.hashes import Hash, Maybe, Text


class CardNetworks(Hash, frozen=True, kw_only=True):
    preferred: Maybe[Literal["cartes_bancaires", "mastercard", "visa"]] = UNSET


class CardData(Hash, frozen=True, kw_only=True):
    """
    A card's number with its expiry, or a *token* that stands for one.

    *exp_year* has two or four digits. Whether the number is a card's is the gateway's word:
    a wrong one is a card error, not a bad parameter.
    """

    cvc: Maybe[Annotated[str, Meta(min_length=1, max_length=10)]] = UNSET
    exp_month: Maybe[int] = UNSET
    exp_year: Maybe[int] = UNSET
    networks: Maybe[CardNetworks] = UNSET
    number: Maybe[Annotated[str, Meta(min_length=1, max_length=40)]] = UNSET
    token: Maybe[Text] = UNSET

    def check(self, name: str) -> None:
        if self.token is not UNSET:
            if self.number is not UNSET:
                raise bad_param.exclusive(child(name, "number"), child(name, "token"))
            return
        for key in ("number", "exp_month", "exp_year"):
            if getattr(self, key) is UNSET:
                raise bad_param.missing(child(name, key))


class CardNetworkChanges(Hash, frozen=True, kw_only=True):
    preferred: Maybe[Literal["", "cartes_bancaires", "mastercard", "visa"]] = UNSET


class CardChanges(Hash, frozen=True, kw_only=True):
    """What of a card may change once it is saved."""

    exp_month: Maybe[int] = UNSET
    exp_year: Maybe[int] = UNSET
    networks: Maybe[CardNetworkChanges] = UNSET

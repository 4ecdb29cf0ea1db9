"""Where payment methods come from: a form, a token, or a published test instrument."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from service.commands.unit import Unit
from service.domain.commands import payment_method as pm
from service.domain.errors import ResourceMissing, TypeNotOffered
from service.domain.values import JsonObject
from service.gateways.port import CardNumber, Gateway, Published, Token

_PUBLISHED_PREFIX: Final = "pm_card_"
_TOKEN_PREFIX: Final = "tok_"  # noqa: S105 (The prefix of published test tokens.)
_ADDRESS: Final = ("city", "country", "line1", "line2", "postal_code", "state")
_BILLING: Final = ("email", "name", "phone", "tax_id")


@dataclass(frozen=True, slots=True)
class Instruments:
    """Turns instruments into payment methods. *new_id* makes an id for an instant in ms."""

    gateway: Gateway
    new_id: Callable[[str, int], str]

    def make(self, unit: Unit, described: JsonObject, at: int) -> str:
        """
        Decide that a payment method is made of what *described*, and return its id.

        *described* is a `payment_method_data`, or the parameters of a creation. Raise
        `Refused` where the instrument is not taken.
        """
        if described["type"] != "card":
            raise TypeNotOffered(described["type"])
        card = described.get("card")
        if card is None:
            raise TypeNotOffered("card", param="card")
        instrument = _card(card)
        return self._make(unit, instrument, at, described)

    async def take(self, unit: Unit, named: str, at: int, *, absent: bool = False) -> str:
        """
        Return the id of the payment method *named*, and have it loaded.

        A published name (`pm_card_visa`, `tok_visa`) makes a new one each time it is used.
        Raise `ResourceMissing` where there is no such thing; *absent* where the path named it.
        """
        if named.startswith(_PUBLISHED_PREFIX):
            return self._make(unit, Published(named), at, {})
        if named.startswith(_TOKEN_PREFIX):
            return self._make(unit, Token(named), at, {})
        await unit.load(named)
        if not named.startswith("pm_") or unit.shown(named) is None:
            raise ResourceMissing("PaymentMethod", named, param="payment_method", absent=absent)
        return named

    def _make(
        self, unit: Unit, instrument: CardNumber | Token | Published, at: int, described: JsonObject
    ) -> str:
        billing_details = full_billing_details(described.get("billing_details") or {})
        tokenized = self.gateway.tokenize(
            instrument, owner=unit.owner, billing_details=billing_details, at=at
        )
        name = self.new_id("pm", at * 1000)
        command = pm.Create(
            payment_method_id=name,
            at=at,
            owner=unit.owner,
            type=tokenized.type,
            details=tokenized.details,
            scenario=tokenized.scenario,
            billing_details=billing_details,
            metadata=described.get("metadata") or {},
            allow_redisplay=described.get("allow_redisplay", "unspecified"),
            radar_options=described.get("radar_options") or {},
        )
        unit.decide(name, command)
        return name


def full_billing_details(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return *given* with every leaf that is shown; what is empty or absent is None."""
    return {
        "address": full_address(given.get("address") or {}),
        **{leaf: given.get(leaf) or None for leaf in _BILLING},
    }


def full_address(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return an address with every leaf that is shown; what is empty or absent is None."""
    return {leaf: given.get(leaf) or None for leaf in _ADDRESS}


def _card(card: Mapping[str, Any]) -> CardNumber | Token:
    if "token" in card:
        return Token(card["token"])
    return CardNumber(
        number=card["number"],
        exp_month=card["exp_month"],
        exp_year=card["exp_year"],
        cvc=card.get("cvc"),
    )

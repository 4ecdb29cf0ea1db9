"""Where payment methods come from: a form, a token, or a published test instrument."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from service.commands import tokens
from service.commands.instrument_changes import preferring
from service.commands.unit import Unit
from service.domain.commands import payment_method as pm
from service.domain.errors import InstrumentRefused, ResourceMissing, TypeNotOffered
from service.domain.instrument import Instrument
from service.domain.patches import laid_over
from service.domain.values import JsonObject, replace
from service.gateways import port
from service.gateways.port import CardNumber, Described, Gateway, Published, Token

_TOKEN_PREFIX: Final = "tok_"  # noqa: S105 (The prefix of published test tokens.)
_ADDRESS: Final = ("city", "country", "line1", "line2", "postal_code", "state")
_BILLING: Final = ("email", "name", "phone", "tax_id")


@dataclass(frozen=True, slots=True)
class Instruments:
    """Turns instruments into payment methods. *new_id* makes an id for an instant in ms."""

    gateway: Gateway
    new_id: Callable[[str, int], str]

    async def make(self, unit: Unit, described: JsonObject, at: int) -> str:
        """
        Decide that a payment method is made of what *described*, and return its id.

        *described* are the parameters of a creation. Raise `Refused` where the instrument is
        not taken.
        """
        name = self.new_id("pm", at * 1000)
        return self.keep(unit, await self.tokenize(unit, described, at, name), at, name)

    async def make_inline(self, unit: Unit, described: JsonObject, at: int) -> str:
        """Do as `make`, with what a `payment_method_data` has *described*."""
        try:
            return await self.make(unit, described, at)
        except InstrumentRefused as refused:
            raise refused.within("payment_method_data") from None

    async def take(self, unit: Unit, named: str, at: int, *, absent: bool = False) -> str:
        """
        Return the id of the payment method *named*, and have it loaded.

        A published name (`pm_card_visa`, `tok_visa`) makes a new one each time it is used.
        Raise `ResourceMissing` where there is no such thing; *absent* where the path named it.
        """
        published = self.published(unit, named, at)
        if published is not None:
            return self.keep(unit, published, at)
        if named.startswith(_TOKEN_PREFIX):
            described = {"type": "card", "card": {"token": named}}
            return await self.make(unit, described, at)
        await unit.load(named)
        if not named.startswith("pm_") or unit.shown(named) is None:
            raise ResourceMissing("PaymentMethod", named, param="payment_method", absent=absent)
        return named

    async def tokenize(
        self, unit: Unit, described: JsonObject, at: int, used_by: str
    ) -> Instrument:
        """
        Return what is kept of what *described*. Raise `Refused` where it is not taken.

        A token among it is used up by *used_by*, unless it is a published one.
        """
        type_ = described["type"]
        if type_ != "card":
            given = described.get(type_) or {}
            return self._kept(unit, Described(type=type_, given=given), at, described)
        card = described.get("card")
        if card is None:
            raise TypeNotOffered("card", param="card")
        if "token" not in card:
            return _preferring(self._kept(unit, _card(card), at, described), card)
        instrument = await tokens.use(unit, card["token"], at, used_by)
        if instrument is None:
            return _preferring(self._kept(unit, Token(card["token"]), at, described), card)
        return _preferring(_said_again(instrument, described), card)

    def published(self, unit: Unit, named: str, at: int) -> Instrument | None:
        """Return what the gateway keeps of a published payment method, None if *named* is none."""
        if not self.gateway.is_published(named):
            return None
        return self._kept(unit, Published(named), at, {})

    def keep(self, unit: Unit, instrument: Instrument, at: int, name: str | None = None) -> str:
        """Decide that a payment method is made of *instrument*, and return its id."""
        name = name or self.new_id("pm", at * 1000)
        command = pm.Create(
            payment_method_id=name,
            at=at,
            owner=unit.owner,
            type=instrument.type,
            details=instrument.details,
            scenario=instrument.scenario,
            billing_details=instrument.billing_details,
            metadata=instrument.metadata,
            allow_redisplay=instrument.allow_redisplay,
            radar_options=instrument.radar_options,
        )
        unit.decide(name, command)
        return name

    def _kept(
        self, unit: Unit, instrument: port.Instrument, at: int, described: JsonObject
    ) -> Instrument:
        billing_details = full_billing_details(described.get("billing_details") or {})
        tokenized = self.gateway.tokenize(
            instrument, owner=unit.owner, billing_details=billing_details, at=at
        )
        return Instrument(
            type=tokenized.type,
            details=tokenized.details,
            scenario=tokenized.scenario,
            billing_details=billing_details,
            **_said(described),
        )


def _preferring(instrument: Instrument, card: Mapping[str, Any]) -> Instrument:
    """Return *instrument* with the network that the form of its *card* prefers."""
    networks = card.get("networks")
    if not networks:
        return instrument
    details = instrument.details
    return replace(instrument, details={**details, "networks": preferring(details, networks)})


def _said(described: JsonObject) -> dict[str, Any]:
    return {
        "metadata": described.get("metadata") or {},
        "allow_redisplay": described.get("allow_redisplay", "unspecified"),
        "radar_options": described.get("radar_options") or {},
    }


def _said_again(instrument: Instrument, described: JsonObject) -> Instrument:
    """Return a token's *instrument* with what is *described* now laid over what was said then."""
    given = sent_billing_details(described.get("billing_details") or {})
    billing_details = laid_over(instrument.billing_details, given)
    return replace(instrument, billing_details=billing_details, **_said(described))


def full_billing_details(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return *given* with every leaf that is shown; what is empty or absent is None."""
    return {
        "address": full_address(given.get("address") or {}),
        **{leaf: given.get(leaf) or None for leaf in _BILLING},
    }


def sent_billing_details(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the leaves that were sent, those sent empty as None."""
    full = full_billing_details(given)
    leaves = {name: full[name] for name in given}
    address = given.get("address")
    if isinstance(address, Mapping):
        leaves["address"] = {name: full["address"][name] for name in address}
    return leaves


def full_address(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return an address with every leaf that is shown; what is empty or absent is None."""
    return {leaf: given.get(leaf) or None for leaf in _ADDRESS}


def _card(card: Mapping[str, Any]) -> CardNumber:
    return CardNumber(
        number=card["number"],
        exp_month=card["exp_month"],
        exp_year=card["exp_year"],
        cvc=card.get("cvc"),
    )


def full_shipping(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return where and to whom something is sent, with every leaf that is shown."""
    return {
        "address": full_address(given["address"]),
        "name": given["name"],
        "phone": given.get("phone") or None,
    }

"""The operations on tokens."""

from typing import Any, Final, NamedTuple

from msgspec import UNSET

from service.api import presenting
from service.api.call import Call
from service.api.carrying import carry_out, the_object
from service.api.setup_intent_requests import plain
from service.commands import tokens
from service.commands.instruments import full_address
from service.commands.path import Decided, Reply
from service.commands.unit import Unit
from service.domain.commands import token as tok
from service.domain.errors import InstrumentRefused, ResourceMissing
from service.domain.instrument import Instrument
from service.wire.bad_param import child
from service.wire.expand import expansion_of
from service.wire.params import tokens as params
from service.wire.params.token_accounts import own_param, scheme_of

KIND: Final = "token"

# Where the flat lines of a card's address stand in billing details.
_ADDRESS: Final = {"address_zip": "postal_code"} | {
    f"address_{line}": line for line in ("city", "country", "line1", "line2", "state")
}

_PREFIXES: Final = ("tok_", "btok_")
CARD: Final = "card"
BANK_ACCOUNT: Final = "bank_account"
_OF_AN_AMERICAN: Final = ("account_holder_type", "account_type")
_OF_ITS_HOLDER: Final = ("account_holder_name", "account_holder_type", "account_type")
_OF_ITS_CARDHOLDER: Final = (*_ADDRESS, "currency", "name")
_OF_THE_CARD: Final = frozenset({"cvc", "exp_month", "exp_year", "networks", "number"})


class Named(NamedTuple):
    """
    What is given a token's name: its *type*, what the ids of a token and of one begin with, a
    payment method *described*, and what of the *holder* the token shows.
    """

    type: str
    prefix: str
    prefix_of_one: str
    described: dict[str, Any]
    holder: dict[str, Any]


async def create(call: Call) -> Decided:
    given = call.params(params.TokenCreateParams)
    expansion = expansion_of(KIND, given.expand)
    wanted = (_bank_account if given.card is UNSET else _card)(plain(given))
    name = call.new_id(wanted.prefix)

    async def decisions(unit: Unit) -> None:
        command = tok.Create(
            token_id=name,
            at=call.at,
            owner=call.owner,
            type=wanted.type,
            source=call.new_id(wanted.prefix_of_one),
            instrument=await _instrument(call, unit, wanted.described, name),
            holder=wanted.holder,
            client_ip=call.request.remote,
        )
        tokens.create(unit, command)

    return await carry_out(call, decisions, the_object(call, name, expansion))


async def retrieve(call: Call) -> Reply:
    given = call.params(params.TokenRetrieveParams)
    expansion = expansion_of(KIND, given.expand)
    name = call.named("token")
    body = await call.house.reader.body(call.owner, name) if name.startswith(_PREFIXES) else None
    if body is None:
        raise ResourceMissing("token", name, param="token", absent=True)
    return await presenting.of_body(call, body, KIND, expansion)


async def _instrument(call: Call, unit: Unit, described: dict[str, Any], name: str) -> Instrument:
    """Return what the gateway keeps, or its refusal in the words of a token's parameters."""
    try:
        return await call.house.instruments.tokenize(unit, described, call.at, name)
    except InstrumentRefused as refusal:
        if described["type"] != CARD:
            refusal.param = child(BANK_ACCOUNT, own_param(refusal.param))
        raise


def _card(given: dict[str, Any]) -> Named:
    """Return a *given* card's token in the words of a payment method."""
    card = given["card"]
    lines = {there: card[here] for here, there in _ADDRESS.items() if here in card}
    described = {
        "type": "card",
        "card": {name: value for name, value in card.items() if name in _OF_THE_CARD},
        "billing_details": {"address": full_address(lines), "name": card.get("name")},
    }
    holder = {name: card[name] or None for name in _OF_ITS_CARDHOLDER if name in card}
    return Named(CARD, "tok", "card", described, holder)


def _bank_account(given: dict[str, Any]) -> Named:
    """Return a *given* bank account's token in the words of a payment method."""
    account = given[BANK_ACCOUNT]
    country, routing = account["country"], account.get("routing_number", "")
    scheme = scheme_of(country, BANK_ACCOUNT)
    numbers = plain(scheme.hash(account["account_number"], routing))
    if country == "US":
        numbers |= {name: account[name] for name in _OF_AN_AMERICAN if name in account}
    described = {
        "type": scheme.type,
        scheme.type: numbers,
        "billing_details": {"name": account.get("account_holder_name")},
    }
    holder = {name: account.get(name) or None for name in _OF_ITS_HOLDER}
    shown = {**holder, "country": country, "currency": scheme.currency}
    if country != "US" and scheme.routed:
        shown["routing_number"] = routing
    return Named(BANK_ACCOUNT, "btok", "ba", described, shown)

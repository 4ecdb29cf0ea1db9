"""The operations on tokens."""

from typing import Any, Final

from service.api import presenting
from service.api.call import Call
from service.api.carrying import carry_out, the_object
from service.api.setup_intent_requests import plain
from service.commands import tokens
from service.commands.instruments import full_address
from service.commands.path import Reply
from service.commands.unit import Unit
from service.domain.commands import token as tok
from service.domain.errors import ResourceMissing
from service.wire.expand import expansion_of
from service.wire.params import tokens as params

KIND: Final = "token"

# Where the flat lines of a card's address stand in billing details.
_ADDRESS: Final = {"address_zip": "postal_code"} | {
    f"address_{line}": line for line in ("city", "country", "line1", "line2", "state")
}

_OF_THE_CARD: Final = frozenset({"cvc", "exp_month", "exp_year", "networks", "number"})


async def create(call: Call) -> Reply:
    given = call.params(params.TokenCreateParams)
    expansion = expansion_of(KIND, given.expand)
    card = plain(given.card)
    name = call.new_id("tok")
    source = call.new_id("card")

    async def decisions(unit: Unit) -> None:
        instrument = await call.house.instruments.tokenize(unit, _described(card), call.at, name)
        command = tok.Create(
            token_id=name,
            at=call.at,
            owner=call.owner,
            type="card",
            source=source,
            instrument=instrument,
            holder=_holder(card),
            client_ip=call.request.remote,
        )
        tokens.create(unit, command)

    return await carry_out(call, decisions, the_object(call, name, expansion))


async def retrieve(call: Call) -> Reply:
    given = call.params(params.TokenRetrieveParams)
    expansion = expansion_of(KIND, given.expand)
    name = call.named("token")
    body = await call.house.reader.body(call.owner, name) if name.startswith("tok_") else None
    if body is None:
        raise ResourceMissing("token", name, param="token", absent=True)
    return await presenting.of_body(call, body, KIND, expansion)


def _described(card: dict[str, Any]) -> dict[str, Any]:
    """Return *card*, as a token's, in the words of a payment method."""
    lines = {there: card[here] for here, there in _ADDRESS.items() if here in card}
    return {
        "type": "card",
        "card": {name: value for name, value in card.items() if name in _OF_THE_CARD},
        "billing_details": {"address": full_address(lines), "name": card.get("name")},
    }


def _holder(card: dict[str, Any]) -> dict[str, Any]:
    return {name: card[name] or None for name in (*_ADDRESS, "currency", "name") if name in card}

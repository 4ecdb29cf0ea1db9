"""
The operations on confirmation tokens.

A page makes one with a publishable key, as Stripe.js does; a test makes one with a secret
key, in test mode. Who accepted a mandate, where there will be one and it is not told, is read
off the request.
"""

from typing import Any, Final

from msgspec import UNSET

from service.api import presenting
from service.api.acceptances import accepted
from service.api.call import Call
from service.api.carrying import carry_out, the_object
from service.api.problems import Problem
from service.api.setup_intent_requests import given_or_none, plain
from service.commands import confirmation_tokens
from service.commands.instruments import full_shipping
from service.commands.path import Decided, Reply
from service.commands.unit import Unit
from service.domain.commands import confirmation_token as ct
from service.domain.errors import ResourceMissing
from service.domain.values import JsonObject
from service.wire.expand import expansion_of
from service.wire.params import confirmation_tokens as params

KIND: Final = "confirmation_token"


async def create(call: Call) -> Decided:
    given = call.params(params.ConfirmationTokenBrowserCreateParams)
    if not call.is_publishable:
        raise Problem(
            403,
            "A page makes confirmation tokens, with a publishable API key. Tests make them at "
            "/v1/test_helpers/confirmation_tokens.",
        )
    return await _create(call, given, accepted(call, plain(given.mandate_data)))


async def create_for_test(call: Call) -> Decided:
    """Make a confirmation token as Stripe.js would, in test mode."""
    given = call.params(params.ConfirmationTokenCreateParams)
    if call.owner.livemode:
        raise Problem(400, "This is a helper for tests. Use a test mode key.", "livemode_mismatch")
    return await _create(call, given, None)


async def retrieve(call: Call) -> Reply:
    given = call.params(params.ConfirmationTokenRetrieveParams)
    expansion = expansion_of(KIND, given.expand)
    name = call.named(KIND)
    body = await call.house.reader.body(call.owner, name) if name.startswith("ctoken_") else None
    if body is None:
        raise ResourceMissing(KIND, name, param=KIND, absent=True)
    return await presenting.of_body(call, body, KIND, expansion)


async def _create(
    call: Call,
    given: params.ConfirmationTokenCreateParams | params.ConfirmationTokenBrowserCreateParams,
    mandate_data: JsonObject | None,
) -> Decided:
    expansion = expansion_of(KIND, given.expand)
    name = call.new_id("ctoken")
    shipping = plain(given.shipping)
    command = ct.Create(
        confirmation_token_id=name,
        at=call.at,
        owner=call.owner,
        payment_method=given_or_none(given.payment_method),
        payment_method_options=_options(given.payment_method_options),
        return_url=given_or_none(given.return_url),
        setup_future_usage=given_or_none(given.setup_future_usage),
        shipping=None if shipping is None else full_shipping(shipping),
        mandate_data=mandate_data,
    )
    inline = plain(given.payment_method_data)
    in_person = accepted(call, {"customer_acceptance": {}})

    async def decisions(unit: Unit) -> None:
        instruments = call.house.instruments
        await confirmation_tokens.create(unit, instruments, command, inline, in_person)

    return await carry_out(call, decisions, the_object(call, name, expansion))


def _options(given: Any) -> dict[str, Any] | None:
    if given is UNSET:
        return None
    card = given.card
    if card is UNSET:
        return {"card": None}
    plan = plain(card.installments)
    shown: dict[str, Any] = {"cvc_token": None}
    if plan is not None:
        shown["installments"] = {"plan": {"count": None, "interval": None, **plan["plan"]}}
    return {"card": shown}

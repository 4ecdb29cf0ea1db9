"""The operations on SetupIntents."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from msgspec import UNSET

from projections import indexes
from service.api import listing, narrowing, presenting
from service.api.acceptances import in_person
from service.api.call import Call
from service.api.carrying import carry_out, the_object
from service.api.listing import Listed
from service.api.problems import Problem
from service.api.setup_intent_requests import changes_of, confirmation_of, creation_of, deposits_of
from service.api.setup_outcomes import outcome
from service.commands.path import Decided, Reply
from service.commands.unit import Unit
from service.domain.errors import ResourceMissing
from service.wire import expand
from service.wire.params import setup_intents as params

KIND: Final = "setup_intent"


async def create(call: Call) -> Decided:
    given = call.params(params.SetupIntentCreateParams)
    expansion = expand.expansion_of(KIND, given.expand)
    command = creation_of(call, given)
    confirmation = confirmation_of(given)
    name = command.setup_intent_id

    async def decisions(unit: Unit) -> None:
        intents = call.house.setup_intents
        await intents.create(unit, command, confirmation, confirm=given.confirm)

    return await carry_out(call, decisions, outcome(call, name, expansion), intent=name)


async def update(call: Call) -> Decided:
    given = call.params(params.SetupIntentUpdateParams)
    expansion = expand.expansion_of(KIND, given.expand)
    name = call.named("intent")

    async def decisions(unit: Unit) -> None:
        intents = call.house.setup_intents
        await intents.update(unit, name, call.at, changes_of(given), confirmation_of(given))

    return await carry_out(call, decisions, the_object(call, name, expansion), intent=name)


async def confirm(call: Call) -> Decided:
    given: params.Confirmation
    if call.is_publishable:
        given = call.params(params.SetupIntentBrowserConfirmParams)
    else:
        given = call.params(params.SetupIntentConfirmParams)
    expansion = expand.expansion_of(KIND, given.expand)
    name = call.named("intent")
    await _check_client_secret(call, name, given.client_secret)

    async def decisions(unit: Unit) -> None:
        confirmation = in_person(call, confirmation_of(given))
        await call.house.setup_intents.confirm(unit, name, call.at, confirmation)

    return await carry_out(call, decisions, outcome(call, name, expansion), intent=name)


async def verify_microdeposits(call: Call) -> Decided:
    """
    Have the deposits checked. A wrong answer is told as an error, and counted.

    It is no refusal, but kept like a decline, although it is a 400.
    """
    given = call.params(params.SetupIntentVerifyMicrodepositsParams)
    expansion = expand.expansion_of(KIND, given.expand)
    name = call.named("intent")
    await _check_client_secret(call, name, given.client_secret)

    async def decisions(unit: Unit) -> None:
        await call.house.setup_attempts.verify(unit, name, call.at, deposits_of(given))

    return await carry_out(call, decisions, outcome(call, name, expansion), intent=name)


async def cancel(call: Call) -> Decided:
    given = call.params(params.SetupIntentCancelParams)
    expansion = expand.expansion_of(KIND, given.expand)
    name = call.named("intent")
    reason = None if given.cancellation_reason is UNSET else given.cancellation_reason

    async def decisions(unit: Unit) -> None:
        await call.house.setup_intents.cancel(unit, name, call.at, reason)

    return await carry_out(call, decisions, the_object(call, name, expansion), intent=name)


async def retrieve(call: Call) -> Reply:
    name = call.named("intent")
    expansion: expand.Expansion = {}
    if call.tree or call.is_publishable:
        given = call.params(params.SetupIntentRetrieveParams)
        expansion = expand.expansion_of(KIND, given.expand)
        await _check_client_secret(call, name, given.client_secret)
    return await presenting.of_body(call, await _body(call, name), KIND, expansion)


async def list_all(call: Call) -> Reply:
    """List SetupIntents. The filters combine; the narrowest list is walked."""
    given = call.params(params.SetupIntentListParams)
    wanted = {
        name: value
        for name in ("customer", "payment_method", "customer_account", "attach_to_self")
        if (value := getattr(given, name)) is not UNSET
    }
    if "payment_method" in wanted:
        index = indexes.setup_intents_of_payment_method(wanted["payment_method"])
    elif "customer" in wanted:
        index = indexes.setup_intents_of_customer(wanted["customer"])
    else:
        index = indexes.SETUP_INTENTS
    belongs = (lambda view: _matches(view, wanted)) if wanted else None
    check = partial(narrowing.check, call, given, narrowing.SAVED) if wanted else None
    listed = Listed(kind=KIND, noun="setupintent", indexes=(index,), belongs=belongs, check=check)
    return await listing.page(call, given, listed)


def _matches(view: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all((view.get(name) or False) == value for name, value in wanted.items())


async def _body(call: Call, name: str) -> bytes:
    """Return the SetupIntent *name*. Raise `ResourceMissing` where it is not there."""
    body = await call.house.reader.body(call.owner, name) if name.startswith("seti_") else None
    if body is None:
        raise ResourceMissing("setupintent", name, param="intent", absent=True)
    return body


async def _check_client_secret(call: Call, name: str, given: Any) -> None:
    """
    Raise where a publishable key comes without the intent's client secret, or anybody with
    another one. That there is no such intent is told first.
    """
    if given is UNSET:
        if not call.is_publishable:
            return
        raise Problem(
            400,
            "A publishable API key needs the SetupIntent's `client_secret`.",
            "parameter_missing",
            "client_secret",
        )
    if not call.house.keyring.is_client_secret(name, given):
        await _body(call, name)
        raise Problem(
            400,
            "The client_secret is not that of this SetupIntent.",
            "setup_intent_invalid_parameter",
            "client_secret",
        )

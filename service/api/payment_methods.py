"""The operations on PaymentMethods."""

from functools import partial
from typing import Any, Final

from msgspec import UNSET

from projections import indexes
from service.api import listing, narrowing, presenting
from service.api.authentication import secret_key_required
from service.api.call import Call
from service.api.carrying import carry_out, the_object
from service.api.listing import Check, Listed
from service.api.setup_intent_requests import given_or_none, plain
from service.commands import payment_methods
from service.commands.cloning import Original, clone
from service.commands.instrument_changes import CHANGEABLE
from service.commands.instruments import sent_billing_details
from service.commands.path import Decided, Reply
from service.commands.unit import Unit
from service.domain.errors import ResourceMissing
from service.domain.values import Owner
from service.wire.bad_param import BadParam
from service.wire.expand import expansion_of
from service.wire.params import payment_methods as params
from service.wire.versions import check_request

KIND: Final = "payment_method"


async def create(call: Call) -> Decided:
    given = call.params(params.PaymentMethodCreateParams)
    expansion = expansion_of(KIND, given.expand)
    described = plain(given)
    original = _original(call, given)
    made: list[str] = []

    async def decisions(unit: Unit) -> None:
        instruments = call.house.instruments
        if original is None:
            made[:] = [await instruments.make(unit, described, call.at)]
        else:
            made[:] = [await clone(unit, instruments, original, described, call.at)]

    async def answer(unit: Unit) -> Reply:
        return await presenting.of_unit(call, unit, made[0], expansion)

    return await carry_out(call, decisions, answer)


async def update(call: Call) -> Decided:
    check_request(call.version, params.PaymentMethodUpdateParams, call.tree)
    given = call.params(params.PaymentMethodUpdateParams)
    expansion = expansion_of(KIND, given.expand)
    name = call.named("payment_method")

    async def decisions(unit: Unit) -> None:
        await payment_methods.update(unit, call.house.gateway, name, call.at, _changes_of(given))

    return await carry_out(call, decisions, the_object(call, name, expansion))


async def attach(call: Call) -> Decided:
    given = call.params(params.PaymentMethodAttachParams)
    expansion = expansion_of(KIND, given.expand)
    if given.customer is UNSET:
        raise ResourceMissing("account", str(given.customer_account), param="customer_account")
    customer: str = given.customer
    name, taken = call.named("payment_method"), list[str]()

    async def decisions(unit: Unit) -> None:
        taken[:] = [await call.house.instruments.take(unit, name, call.at, absent=True)]
        await payment_methods.attach_to(unit, call.house.gateway, taken[0], customer, call.at)

    async def answer(unit: Unit) -> Reply:
        return await presenting.of_unit(call, unit, taken[0], expansion)

    return await carry_out(call, decisions, answer)


async def detach(call: Call) -> Decided:
    given = call.params(params.PaymentMethodDetachParams)
    expansion = expansion_of(KIND, given.expand)
    name = call.named("payment_method")

    async def decisions(unit: Unit) -> None:
        await payment_methods.detach(unit, name, call.at)

    return await carry_out(call, decisions, the_object(call, name, expansion))


async def retrieve(call: Call) -> Reply:
    given = call.params(params.PaymentMethodRetrieveParams)
    expansion = expansion_of(KIND, given.expand)
    name = call.named("payment_method")
    body = await call.house.reader.body(call.owner, name) if name.startswith("pm_") else None
    if body is None:
        raise ResourceMissing("PaymentMethod", name, param="payment_method", absent=True)
    return await presenting.of_body(call, body, KIND, expansion)


async def list_all(call: Call) -> Reply:
    """List a customer's payment methods. Without a customer there are none to list."""
    given = call.params(params.PaymentMethodListParams)
    customer: Any = given.customer
    check = partial(narrowing.check, call, given, narrowing.SAVED)
    if customer is UNSET:
        await check()
        expansion_of(KIND, given.expand, in_list=True)
        return listing.empty_page(call)
    return await page_of_customer(call, given, customer, check)


async def page_of_customer(
    call: Call, given: params.CustomerPaymentMethodListParams, customer: str, check: Check
) -> Reply:
    """Return a page of what *customer* has saved, as *given* filters it. For *check*: `Listed`."""
    wanted = {
        name: value
        for name in ("type", "allow_redisplay", "customer_account")
        if (value := getattr(given, name, UNSET)) is not UNSET
    } | {"customer": customer}
    listed = Listed(
        kind=KIND,
        noun="PaymentMethod",
        indexes=(indexes.payment_methods_of_customer(customer),),
        belongs=lambda view: all(view.get(name) == value for name, value in wanted.items()),
        check=check,
    )
    return await listing.page(call, given, listed)


def _original(call: Call, given: params.PaymentMethodCreateParams) -> Original | None:
    """Return what *given* asks to clone, if it does: a platform's, into an account of its own."""
    if given.payment_method is UNSET:
        return None
    if call.is_publishable:
        raise secret_key_required()
    platform = call.principal.platform
    if platform is None:
        raise BadParam(
            "A platform clones its payment methods into a connected account, which is named in "
            "the Stripe-Account header. This call names none.",
            param="payment_method",
        )
    owner = Owner(platform, call.owner.livemode)
    return Original(owner, given.payment_method, given_or_none(given.customer))


def _changes_of(given: params.PaymentMethodUpdateParams) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if given.allow_redisplay is not UNSET:
        changes["allow_redisplay"] = given.allow_redisplay
    if given.metadata is not UNSET:
        changes["metadata"] = given.metadata
    if given.billing_details is not UNSET:
        changes["billing_details"] = sent_billing_details(plain(given.billing_details))
    for type_ in CHANGEABLE:
        if getattr(given, type_) is not UNSET:
            changes[type_] = plain(getattr(given, type_))
    return changes

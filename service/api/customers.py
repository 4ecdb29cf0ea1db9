"""The operations on Customers, and the reads of what they have saved."""

from dataclasses import replace
from functools import partial
from typing import Any, Final

from msgspec import UNSET

from projections import indexes
from service.api import listing, payment_methods, presenting, searching, sight
from service.api.answers import json_reply
from service.api.call import Call
from service.api.carrying import carry_out, the_object
from service.api.customer_requests import changes_of, creation_of, is_to_be_located
from service.api.listing import Listed
from service.commands import customers
from service.commands.path import Decided, Reply
from service.commands.payment_methods import attach_to
from service.commands.unit import Unit
from service.domain.errors import ResourceMissing
from service.wire.expand import expansion_of
from service.wire.params import customers as params
from service.wire.params import payment_methods as method_params

KIND: Final = "customer"
_PREFIX: Final = "cus"
_TERM_STEP: Final = 64


async def create(call: Call) -> Decided:
    given = call.params(params.CustomerCreateParams)
    expansion = expansion_of(KIND, given.expand)
    name = call.new_id(_PREFIX)
    payment_method: Any = given.payment_method

    async def decisions(unit: Unit) -> None:
        if payment_method is UNSET:
            customers.create(unit, creation_of(call, given, name, {}))
            return
        taken = await call.house.instruments.take(unit, payment_method, call.at)
        customers.create(unit, creation_of(call, given, name, {payment_method: taken}))
        await attach_to(unit, call.house.gateway, taken, name, call.at)

    return await carry_out(call, decisions, the_object(call, name, expansion))


async def update(call: Call) -> Decided:
    given = call.params(params.CustomerUpdateParams)
    expansion = expansion_of(KIND, given.expand)
    name = call.named("customer")

    async def decisions(unit: Unit) -> None:
        changes, located = changes_of(given), is_to_be_located(given)
        await customers.update(unit, name, call.at, changes, located=located)

    return await carry_out(call, decisions, the_object(call, name, expansion))


async def delete(call: Call) -> Decided:
    call.params(params.CustomerDeleteParams)
    name = call.named("customer")

    async def decisions(unit: Unit) -> None:
        await customers.delete(unit, name, call.at)

    return await carry_out(call, decisions, the_object(call, name, {}))


async def retrieve(call: Call) -> Reply:
    given = call.params(params.CustomerRetrieveParams)
    expansion = expansion_of(KIND, given.expand)
    body = await _body(call)
    return await presenting.of_body(call, body, KIND, expansion)


async def list_all(call: Call) -> Reply:
    given = call.params(params.CustomerListParams)
    email: Any = given.email
    if email is UNSET:
        return await listing.page(call, given, _listed(indexes.CUSTOMERS))
    index = indexes.customers_of_term("email", email)
    # The list holds others too, a handful for every million customers.
    listed = _listed(index, lambda view: view.get("email") == email)
    return await listing.page(call, given, replace(listed, step=_TERM_STEP))


async def search(call: Call) -> Reply:
    given = call.params(params.CustomerSearchParams)
    return await searching.customers(call, given)


async def list_payment_methods(call: Call) -> Reply:
    given = call.params(method_params.CustomerPaymentMethodListParams)
    name = call.named("customer")
    return await payment_methods.page_of_customer(call, given, name, partial(_body, call))


async def retrieve_payment_method(call: Call) -> Reply:
    given = call.params(method_params.CustomerPaymentMethodRetrieveParams)
    expansion = expansion_of(payment_methods.KIND, given.expand)
    await _body(call)
    name = call.named("payment_method")
    view = await call.house.reader.view(call.owner, name) if name.startswith("pm_") else None
    if view is None or view["customer"] != call.named("customer"):
        raise ResourceMissing("PaymentMethod", name, param="payment_method", absent=True)
    shown = await presenting.present(call, view, expansion, sight.now(call))
    return json_reply(shown)


async def _body(call: Call) -> bytes:
    name = call.named("customer")
    body = await call.house.reader.body(call.owner, name) if name.startswith("cus_") else None
    if body is None:
        raise ResourceMissing("customer", name, param="customer", absent=True)
    return body


def _listed(index: indexes.Index, belongs: Any = None) -> Listed:
    is_there = belongs or (lambda view: not view.get("deleted"))
    return Listed(kind=KIND, noun="customer", indexes=(index,), belongs=is_there)

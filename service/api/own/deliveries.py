"""Deliveries: what became of each event at each endpoint, and sending one again."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from service import ids
from service.api import listing
from service.api.answers import json_reply
from service.api.call import Call
from service.api.carrying import carry_out_beside
from service.api.own import narrowed
from service.api.setup_intent_requests import given_or_none
from service.commands.path import Decided, Reply
from service.domain.announcements import ANNOUNCED_AS
from service.domain.deliveries import (
    OPEN,
    RESEND_PREFIX,
    STATES,
    Delivery,
    DeliveryKey,
    Wanted,
)
from service.domain.errors import ResourceMissing
from service.wire.expand import expansion_of
from service.wire.params import deliveries as params

KIND: Final = "delivery"

_encode: Final = msgspec.json.Encoder().encode


async def list_all(call: Call) -> Reply:
    """List deliveries: all of them, or those of an endpoint, of an event, or that went wrong."""
    given = call.params(params.DeliveryListParams)
    expansion_of(KIND, given.expand, in_list=True)
    newer = given.ending_before is not UNSET
    cursor = given.ending_before if newer else given.starting_after
    param = "ending_before" if newer else "starting_after"
    place = None if cursor is UNSET else (await _named(call, cursor, param)).place
    wanted, limit = _wanted(call, given), given.page_size
    found = await call.house.deliveries.page(wanted, place, limit + 1, newer=newer)
    if not found:
        await narrowed.check(call, given)
    has_more = len(found) > limit
    page = await _typed(call, found[-limit:] if newer else found[:limit])
    return listing.page_of(call, [_encode(_view(call, each)) for each in page], has_more=has_more)


async def retrieve(call: Call) -> Reply:
    given = call.params(params.DeliveryRetrieveParams)
    expansion_of(KIND, given.expand)
    return json_reply(_view(call, await named(call)))


async def resend(call: Call) -> Decided:
    """
    Send the event of a delivery to its endpoint once more, whatever came of it.

    That is a delivery of its own, which is returned. Once the endpoint acknowledges it, the
    first one is delivered as well.
    """
    call.params(params.DeliveryResendParams)
    again = await named(call)

    async def act() -> Reply:
        origin = call.house.new_id(RESEND_PREFIX, int(call.house.clock() * 1000))
        await call.house.deliveries.resend(again, origin)
        made = await call.house.deliveries.find(call.owner, again.key._replace(origin=origin))
        assert made is not None  # noqa: S101 (It was written just now.)
        return json_reply(_view(call, made))

    return await carry_out_beside(call, act)


async def named(call: Call) -> Delivery:
    """Return the delivery that the path names."""
    return await _named(call, call.named("delivery"), "delivery")


async def _named(call: Call, name: str, param: str) -> Delivery:
    parts = ids.parts_of_delivery(name)
    found = parts and await call.house.deliveries.find(call.owner, DeliveryKey(*parts))
    if not found:
        raise ResourceMissing(KIND, name, param=param, absent=param == KIND)
    (typed,) = await _typed(call, [found])
    return typed


async def _typed(call: Call, found: Sequence[Delivery]) -> Sequence[Delivery]:
    """Return *found*, each with the type of its event, which deliveries were once kept without."""
    untyped = {each.event_id: ids.place_of_event(each.event_id) for each in found if not each.type}
    places = [place for place in untyped.values() if place is not None]
    if not places:
        return found
    histories = await call.house.store.load_many(places)
    types = {
        ids.event_id(each[-1].stream, each[-1].version): ANNOUNCED_AS[type(each[-1].event)]
        for each in histories
        if each
    }
    return [replace(each, type=each.type or types.get(each.event_id)) for each in found]


def _wanted(call: Call, given: params.DeliveryListParams) -> Wanted:
    since, until = listing.span_ms(given.created)
    return Wanted(
        owner=call.owner,
        endpoint=given_or_none(given.endpoint),
        event=given_or_none(given.event),
        origin=given_or_none(given.origin),
        states=STATES if given.state is UNSET else (given.state,),
        statuses=given.statuses,
        kind=given_or_none(given.outcome),
        type=given_or_none(given.type),
        since=since,
        until=until,
    )


def _view(call: Call, delivery: Delivery) -> dict[str, Any]:
    return {
        "id": ids.delivery_id(*delivery.key),
        "object": KIND,
        "attempt": delivery.attempt,
        "created": delivery.created_at // 1000,
        "endpoint": delivery.endpoint_id,
        "event": delivery.event_id,
        "event_type": delivery.type,
        "last_attempt_at": None if delivery.last_at is None else delivery.last_at // 1000,
        "last_outcome": delivery.last_kind,
        "last_status": delivery.last_status,
        "livemode": call.owner.livemode,
        "next_attempt_at": delivery.due_at // 1000 if delivery.state == OPEN else None,
        "origin": delivery.origin,
        "state": delivery.state,
    }

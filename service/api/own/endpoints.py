"""The operations on webhook endpoints that Stripe does not have, or that show more than its own."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec import UNSET

from projections import indexes
from projections.announcement import announce_step
from service.api import listing, webhook_endpoints
from service.api.answers import json_reply
from service.api.call import Call
from service.api.carrying import carry_out
from service.api.listing import Listed
from service.api.own import endpoint_views as views
from service.api.own import past
from service.api.setup_intent_requests import given_or_none
from service.commands import endpoints
from service.commands.path import Decided, Reply
from service.commands.unit import Unit
from service.domain.commands import endpoint as we
from service.domain.endpoint_headers import why_too_many
from service.domain.values import replace
from service.wire import versions
from service.wire.bad_param import BadParam
from service.wire.expand import expansion_of
from service.wire.params import endpoints as params

KIND: Final = views.KIND

_encode: Final = msgspec.json.Encoder().encode


async def create(call: Call) -> Decided:
    """Subscribe a URL, with headers of its own, and in order if asked."""
    given = call.params(params.EndpointCreateParams)
    plain = await webhook_endpoints.creation(call, given)
    name, headers = plain.endpoint_id, given_or_none(given.headers) or {}
    command = replace(plain, ordered=given.ordered, headers=_sealed(call, name, headers))

    async def decisions(unit: Unit) -> None:
        endpoints.create(unit, command)
        _check_headers(call, unit, name)

    async def answer(unit: Unit) -> Reply:
        return json_reply(await views.of_unit(call, unit, name, with_secret=True))

    return await carry_out(call, decisions, answer)


async def update(call: Call) -> Decided:
    given = call.params(params.EndpointUpdateParams)
    expansion_of(KIND, given.expand)
    name = call.named("webhook_endpoint")
    changes = webhook_endpoints.changes_of(call, given)
    if given.ordered is not UNSET:
        changes["ordered"] = given.ordered
    if given.headers is not UNSET:
        changes["headers"] = given.headers and _sealed(call, name, given.headers)

    async def decisions(unit: Unit) -> None:
        await endpoints.update(unit, name, call.at, changes)
        _check_headers(call, unit, name)

    async def answer(unit: Unit) -> Reply:
        return json_reply(await views.of_unit(call, unit, name))

    return await carry_out(call, decisions, answer)


async def retrieve(call: Call) -> Reply:
    """
    Show an endpoint: how it fares, why it is disabled, which secrets sign.

    As of a moment it is shown as Stripe's operation would have shown it then.
    """
    given = call.params(params.EndpointRetrieveParams)
    if given.at is not UNSET:
        return await past.answer(call, past.WEBHOOK_ENDPOINTS, given.at)
    name = call.named("webhook_endpoint")
    (view,) = await views.found(call, [name]) if name.startswith("we_") else [None]
    if view is None:
        raise endpoints.no_such_endpoint(name)
    return json_reply(view)


async def list_all(call: Call) -> Reply:
    given = call.params(params.EndpointListParams)

    async def bodies(names: Sequence[str]) -> list[bytes | None]:
        return [None if view is None else _encode(view) for view in await views.found(call, names)]

    listed = Listed(
        kind=KIND, noun="webhook endpoint", indexes=(indexes.WEBHOOK_ENDPOINTS,), bodies=bodies
    )
    return await listing.page(call, given, listed)


async def roll_secret(call: Call) -> Decided:
    """Sign with a new secret, beside the old one for as long as receivers need to take it up."""
    given = call.params(params.EndpointRollSecretParams)
    name, secret = call.named("webhook_endpoint"), given.secret
    command = we.RollSecret(
        endpoint_id=name,
        at=call.at,
        expires_at=call.at + given.expires_in,
        sealed=None if secret is UNSET else call.house.keyring.seal_secret(name, secret),
    )

    async def decisions(unit: Unit) -> None:
        await endpoints.roll_secret(unit, command)

    async def answer(unit: Unit) -> Reply:
        return json_reply(await views.of_unit(call, unit, name, with_secret=True))

    return await carry_out(call, decisions, answer)


async def ping(call: Call) -> Decided:
    """Send an endpoint a test event, and return the event."""
    call.params(params.EndpointPingParams)
    name = call.named("webhook_endpoint")

    async def decisions(unit: Unit) -> None:
        await endpoints.ping(unit, name, call.at)

    async def answer(unit: Unit) -> Reply:
        return Reply(200, _told(call, unit, name))

    return await carry_out(call, decisions, answer)


def _told(call: Call, unit: Unit, name: str) -> bytes:
    """Return the event that was decided last, which one endpoint has still to hear of."""
    shown, told_in = unit.shown(name), call.principal.api_version
    assert shown is not None  # noqa: S101 (It was decided upon.)
    event = announce_step(
        None, unit.decided[-1], shown, api_version=str(told_in), pending_webhooks=1
    )
    assert event is not None  # noqa: S101 (A ping is news.)
    return versions.encoded(told_in, event)


def _sealed(call: Call, name: str, headers: Mapping[str, str]) -> dict[str, Any]:
    """Return *headers* as they may be kept; one that is to go stays empty."""
    seal = call.house.keyring.seal_header
    return {header: value and seal(name, header, value) for header, value in headers.items()}


def _check_headers(call: Call, unit: Unit, name: str) -> None:
    """Raise `BadParam` where the headers have become too many, new and old together."""
    reason = why_too_many(views.opened_headers(call, unit.state(name)))
    if reason is not None:
        raise BadParam(reason, param="headers")

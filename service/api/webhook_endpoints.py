"""The operations on webhook endpoints."""

from typing import Any, Final

import msgspec
from msgspec import UNSET

from projections import indexes
from projections.views import Cut, ViewsIncomplete
from service.api import listing, presenting, sight
from service.api.answers import json_reply
from service.api.call import Call
from service.api.carrying import carry_out, the_object
from service.api.listing import Listed
from service.api.problems import Problem
from service.api.setup_intent_requests import given_or_none
from service.commands import endpoints
from service.commands.path import Decided, Reply
from service.commands.unit import Unit
from service.domain.commands import endpoint as we
from service.reveal import marker
from service.wire.bad_param import BadParam
from service.wire.expand import expansion_of
from service.wire.params import webhook_endpoints as params
from service.wire.versions import Version, parse_version

KIND: Final = "webhook_endpoint"
ENDPOINTS_MAX: Final = 16


async def create(call: Call) -> Decided:
    given = call.params(params.WebhookEndpointCreateParams)
    command = await creation(call, given)

    async def decisions(unit: Unit) -> None:
        endpoints.create(unit, command)

    async def answer(unit: Unit) -> Reply:
        view = msgspec.json.decode(unit.body(command.endpoint_id))
        return json_reply(_with_secret(view, command.endpoint_id))

    return await carry_out(call, decisions, answer)


async def creation(call: Call, given: params.WebhookEndpointCreateParams) -> we.Create:
    """Return what *given* asks for. Raise `BadParam` or `Problem` where it cannot be."""
    expansion_of(KIND, given.expand)
    _check_url(call, given.url)
    await _check_room(call)
    api_version = given_or_none(given.api_version)
    if api_version is not None:
        version_named(api_version)
    return we.Create(
        endpoint_id=call.new_id("we"),
        at=call.at,
        owner=call.owner,
        url=given.url,
        enabled_events=given.enabled_events,
        api_version=api_version,
        description=given_or_none(given.description),
        metadata=given_or_none(given.metadata) or {},
        connect=given.connect,
        application=call.accounts.application_of(call.owner.account) if given.connect else None,
    )


async def update(call: Call) -> Decided:
    given = call.params(params.WebhookEndpointUpdateParams)
    expansion = expansion_of(KIND, given.expand)
    changes = changes_of(call, given)
    name = call.named("webhook_endpoint")

    async def decisions(unit: Unit) -> None:
        await endpoints.update(unit, name, call.at, changes)

    return await carry_out(call, decisions, the_object(call, name, expansion))


async def delete(call: Call) -> Decided:
    call.params(params.WebhookEndpointDeleteParams)
    name = call.named("webhook_endpoint")

    async def decisions(unit: Unit) -> None:
        await endpoints.delete(unit, name, call.at)

    return await carry_out(call, decisions, the_object(call, name, {}))


async def retrieve(call: Call) -> Reply:
    given = call.params(params.WebhookEndpointRetrieveParams)
    expansion = expansion_of(KIND, given.expand)
    name = call.named("webhook_endpoint")
    view = await call.house.reader.view(call.owner, name) if name.startswith("we_") else None
    if view is None or view.get("deleted"):
        raise endpoints.no_such_endpoint(name)
    return json_reply(await presenting.present(call, view, expansion, sight.now(call)))


async def list_all(call: Call) -> Reply:
    given = call.params(params.WebhookEndpointListParams)
    listed = Listed(
        kind=KIND,
        noun="webhook endpoint",
        indexes=(indexes.WEBHOOK_ENDPOINTS,),
        belongs=lambda view: not view.get("deleted"),
    )
    return await listing.page(call, given, listed)


def _with_secret(view: dict[str, Any], name: str) -> dict[str, Any]:
    """Return *view* with the signing secret in its place; only a creation shows it."""
    shown: dict[str, Any] = {}
    for key, value in view.items():
        if key == "status":
            shown["secret"] = marker(name)
        shown[key] = value
    return shown


def _check_url(call: Call, url: str) -> None:
    """Raise `BadParam` for a URL that no endpoint may have."""
    try:
        call.house.check_url(url, call.owner.livemode)
    except ValueError as reason:
        raise BadParam(str(reason), code="url_invalid", param="url") from None


async def _check_room(call: Call) -> None:
    """Refuse one endpoint too many, as far as the lists know; while they do not, take it."""
    try:
        cut = Cut(limit=ENDPOINTS_MAX)
        there = await call.house.views.page(call.owner, (indexes.WEBHOOK_ENDPOINTS,), cut)
    except ViewsIncomplete:
        return
    if len(there) >= ENDPOINTS_MAX:
        raise Problem(400, f"An account may have {ENDPOINTS_MAX} webhook endpoints in each mode.")


def version_named(name: str) -> Version:
    """Return the version that the parameter `api_version` names. Raise `BadParam`."""
    try:
        return parse_version(name)
    except BadParam as reason:
        raise BadParam(reason.message, param="api_version") from None


def changes_of(call: Call, given: params.WebhookEndpointUpdateParams) -> dict[str, Any]:
    """Return the changes that *given* asks for. Raise `BadParam` where they cannot be."""
    if given.url is not UNSET:
        _check_url(call, given.url)
    changes: dict[str, Any] = {}
    for name in ("url", "enabled_events", "metadata"):
        value = getattr(given, name)
        if value is not UNSET:
            changes[name] = value
    if given.description is not UNSET:
        changes["description"] = given.description or None
    if given.disabled is not UNSET:
        changes["status"] = "disabled" if given.disabled else "enabled"
    return changes

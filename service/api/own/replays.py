"""Replays: jobs that send a part of the log to an endpoint again. See `domain.replays`."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Any, Final

import msgspec
from msgspec import UNSET

from service.api import listing
from service.api.answers import json_reply
from service.api.call import Call
from service.api.carrying import carry_out_beside
from service.api.own.instants import first_at
from service.commands.path import Decided, Reply
from service.domain import endpoint as endpoint_decider
from service.domain import replays as a
from service.domain.announcements import ANNOUNCED_TYPES
from service.domain.deliveries import REPLAY_PREFIX
from service.domain.endpoint_state import DISABLED
from service.domain.errors import EndpointNotEnabled, ResourceMissing
from service.domain.replays import Replay
from service.domain.standing import Standing
from service.wire.bad_param import BadParam, not_one_of
from service.wire.expand import expansion_of
from service.wire.params import deliveries as params

KIND: Final = "replay"

# By so much a clock may have been set back between two events, and both are found.
_CLOCK_SLACK_S: Final = 3600

_encode: Final = msgspec.json.Encoder().encode


async def create(call: Call) -> Decided:
    """
    Send what happened in a stretch of time to an endpoint again, or to another URL.

    It goes on in the background, behind everything that happens meanwhile.
    """
    replay = await _asked(call, call.params(params.ReplayCreateParams))

    async def act() -> Reply:
        await call.house.deliveries.start(replay)
        return json_reply(_view(replay))

    return await carry_out_beside(call, act)


async def retrieve(call: Call) -> Reply:
    given = call.params(params.ReplayRetrieveParams)
    expansion_of(KIND, given.expand)
    return json_reply(_view(await _named(call, call.named("replay"), "replay")))


async def list_all(call: Call) -> Reply:
    given = call.params(params.ReplayListParams)
    expansion_of(KIND, given.expand, in_list=True)
    newer = given.ending_before is not UNSET
    cursor = given.ending_before if newer else given.starting_after
    if cursor is not UNSET:
        await _named(call, cursor, "ending_before" if newer else "starting_after")
    start, limit = None if cursor is UNSET else cursor, given.page_size
    found = await call.house.deliveries.replays(call.owner, start, limit + 1, newer=newer)
    page = found[-limit:] if newer else found[:limit]
    has_more = len(found) > limit
    return listing.page_of(call, [_encode(_view(each)) for each in page], has_more=has_more)


async def pause(call: Call) -> Decided:
    """Send nothing more for now."""
    return await _turn(call, a.PAUSED)


async def resume(call: Call) -> Decided:
    """Go on where it was paused."""
    return await _turn(call, a.RUNNING)


async def cancel(call: Call) -> Decided:
    """Send nothing more of it, for good."""
    return await _turn(call, a.CANCELED)


async def _turn(call: Call, status: str) -> Decided:
    call.params(params.ReplayTurnParams)
    replay = await _named(call, call.named("replay"), "replay")

    async def act() -> Reply:
        await call.house.deliveries.turn(replay, status)
        return json_reply(_view(await _named(call, replay.id, "replay")))

    return await carry_out_beside(call, act)


async def _named(call: Call, name: str, param: str) -> Replay:
    found = await call.house.deliveries.replay(call.owner, name)
    if found is None:
        raise ResourceMissing(KIND, name, param=param, absent=param == KIND)
    return found


async def _asked(call: Call, given: params.ReplayCreateParams) -> Replay:
    until = int(call.house.clock()) + 1 if given.until is UNSET else given.until
    _check_span(call, given, until)
    heard_of = await _heard_of(call, given.endpoint, dry_run=given.dry_run)
    url = None if given.url is UNSET else _checked_url(call, given.url)
    store = call.house.store
    after = await first_at(store, given.since - _CLOCK_SLACK_S) - 1
    at_ms = int(call.house.clock() * 1000)
    return Replay(
        id=call.house.new_id(REPLAY_PREFIX, at_ms),
        owner=call.owner,
        endpoint_id=given.endpoint,
        url=url,
        dry_run=given.dry_run,
        created_at=at_ms,
        since=given.since,
        until=until,
        after=after,
        upto=await first_at(store, until + _CLOCK_SLACK_S) - 1,
        types=heard_of if given.types is UNSET else _types(given.types),
        states=tuple(sorted(set(given.states))),
        reached=after,
    )


def _check_span(call: Call, given: params.ReplayCreateParams, until: int) -> None:
    if given.since > call.house.clock():
        raise BadParam("'since' is still to come.", param="since")
    if given.since >= until:
        raise BadParam("'until' is not after 'since'.", param="until")


async def _heard_of(call: Call, name: str, *, dry_run: bool) -> tuple[str, ...]:
    """Return what the caller's endpoint *name* is subscribed to."""
    history = await call.house.store.load(name) if name.startswith("we_") else []
    endpoint = endpoint_decider.fold(recorded.event for recorded in history)
    if endpoint.standing is not Standing.LIVING or endpoint.owner != call.owner:
        raise ResourceMissing("webhook endpoint", name, param="endpoint")
    if endpoint.attributes["status"] == DISABLED and not dry_run:
        raise EndpointNotEnabled(name)
    return tuple(sorted(endpoint.attributes["enabled_events"]))


def _checked_url(call: Call, url: str) -> str:
    try:
        call.house.check_url(url, call.owner.livemode)
    except ValueError as reason:
        raise BadParam(str(reason), code="url_invalid", param="url") from reason
    return url


def _types(asked: Sequence[str]) -> tuple[str, ...]:
    """Return the types that are meant by *asked*, each of which is one, a family, or all."""
    meant: set[str] = set()
    for number, pattern in enumerate(asked):
        matching = {one for one in ANNOUNCED_TYPES if fnmatchcase(one, pattern)}
        if not matching:
            raise not_one_of(f"types[{number}]", pattern, sorted(ANNOUNCED_TYPES))
        meant |= matching
    return tuple(sorted(meant))


def _view(replay: Replay) -> dict[str, Any]:
    stretch = replay.upto - replay.after
    return {
        "id": replay.id,
        "object": KIND,
        "counts": {
            "delivered": replay.delivered,
            "enqueued": replay.enqueued,
            "failed": replay.failed,
            "matched": replay.matched,
        },
        "created": replay.created_at // 1000,
        "dry_run": replay.dry_run,
        "ended_at": None if replay.ended_at is None else replay.ended_at // 1000,
        "endpoint": replay.endpoint_id,
        "livemode": replay.owner.livemode,
        "progress": round((replay.reached - replay.after) / stretch, 4) if stretch > 0 else 1.0,
        "reason": replay.reason,
        "since": replay.since,
        "states": list(replay.states),
        "status": replay.status,
        "types": list(replay.types),
        "until": replay.until,
        "url": replay.url,
    }

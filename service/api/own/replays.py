"""Replays: jobs that send a part of the log to an endpoint again. See `domain.replays`."""

from typing import Any, Final

import msgspec
from msgspec import UNSET

from service.api import listing
from service.api.answers import json_reply
from service.api.call import Call
from service.api.carrying import carry_out_beside
from service.api.own import narrowed
from service.api.own.replay_requests import asked_for
from service.api.setup_intent_requests import given_or_none
from service.commands.path import Decided, Reply
from service.domain import replays as a
from service.domain.errors import ResourceMissing
from service.domain.replays import Replay, WantedReplays
from service.wire.expand import expansion_of
from service.wire.params import deliveries as params

KIND: Final = "replay"

_encode: Final = msgspec.json.Encoder().encode


async def create(call: Call) -> Decided:
    """
    Send what happened in a stretch of time to an endpoint again, or to another URL.

    It goes on in the background, behind everything that happens meanwhile.
    """
    replay = await asked_for(call, call.params(params.ReplayCreateParams))

    async def act() -> Reply:
        await call.house.deliveries.start(replay)
        return json_reply(_view(replay))

    return await carry_out_beside(call, act)


async def retrieve(call: Call) -> Reply:
    given = call.params(params.ReplayRetrieveParams)
    expansion_of(KIND, given.expand)
    return json_reply(_view(await _named(call, call.named("replay"), "replay")))


async def list_all(call: Call) -> Reply:
    """List replays: all of them, or those to an endpoint, or that stand somewhere."""
    given = call.params(params.ReplayListParams)
    expansion_of(KIND, given.expand, in_list=True)
    newer = given.ending_before is not UNSET
    cursor = given.ending_before if newer else given.starting_after
    if cursor is not UNSET:
        await _named(call, cursor, "ending_before" if newer else "starting_after")
    start, limit = None if cursor is UNSET else cursor, given.page_size
    found = await call.house.deliveries.replays(_wanted(call, given), start, limit + 1, newer=newer)
    if not found:
        await narrowed.check(call, given)
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


def _wanted(call: Call, given: params.ReplayListParams) -> WantedReplays:
    since, until = listing.span_ms(given.created)
    return WantedReplays(
        owner=call.owner,
        endpoint=given_or_none(given.endpoint),
        status=given_or_none(given.status),
        since=since,
        until=until,
    )


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

"""What is asked of a replay, and the job that it makes: whose endpoint, what of the log."""

from collections.abc import Sequence

from msgspec import UNSET

from service.api.call import Call
from service.api.own.instants import CLOCK_SLACK_S, first_at, last_before
from service.domain import endpoint as endpoint_decider
from service.domain.announcements import ANNOUNCED_TYPES
from service.domain.deliveries import REPLAY_PREFIX
from service.domain.endpoint_state import DISABLED
from service.domain.errors import EndpointNotEnabled, ResourceMissing
from service.domain.replays import Replay
from service.domain.standing import Standing
from service.wire.bad_param import BadParam, not_one_of
from service.wire.event_types import is_meant
from service.wire.params.deliveries import ReplayCreateParams


async def asked_for(call: Call, given: ReplayCreateParams) -> Replay:
    """Return the job that *given* asks for. Raise `BadParam` or `Refused`."""
    until = int(call.house.clock()) + 1 if given.until is UNSET else given.until
    _check_span(call, given, until)
    heard_of = await _heard_of(call, given.endpoint, dry_run=given.dry_run)
    url = None if given.url is UNSET else _checked_url(call, given.url)
    store = call.house.store
    after = await first_at(store, given.since - CLOCK_SLACK_S) - 1
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
        upto=await last_before(store, until, call.house.clock()),
        types=heard_of if given.types is UNSET else _types(given.types),
        states=tuple(sorted(set(given.states))),
        reached=after,
    )


def _check_span(call: Call, given: ReplayCreateParams, until: int) -> None:
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
        matching = {one for one in ANNOUNCED_TYPES if is_meant(one, pattern)}
        if not matching:
            raise not_one_of(f"types[{number}]", pattern, sorted(ANNOUNCED_TYPES))
        meant |= matching
    return tuple(sorted(meant))

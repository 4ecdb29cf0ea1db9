"""The log as it is, for audits: every event of the caller's account and mode, in order."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from service.api.call import Call
from service.api.lines import Chunks, Lines, lines
from service.domain.events import AccountCreated, Event
from service.domain.recorded import Recorded
from service.domain.values import Owner
from service.wire.params.log import LogParams

KIND: Final = "log_entry"
_PAGE: Final = 200

_encode: Final = msgspec.json.Encoder().encode_lines


async def read(call: Call) -> Lines:
    """
    Read the log from a position on, as a stream of lines.

    Each line is a `log_entry`: an event as it was recorded, in the order of their positions.
    """
    given = call.params(LogParams)
    return lines(_entries(call, given.after))


async def _entries(call: Call, after: int) -> Chunks:
    store = call.house.store
    while batch := await store.notifications(after, _PAGE):
        after = batch[-1].position
        firsts = await store.load_many([(recorded.stream, 1) for recorded in batch])
        pairs = zip(batch, firsts, strict=True)
        yield _encode(
            [entry(each, call.owner) for each, (first,) in pairs if _is_of(first.event, call.owner)]
        )


def entry(recorded: Recorded, owner: Owner) -> Mapping[str, Any]:
    """Return *recorded*, an event of *owner*'s, as the log's entry."""
    actor = recorded.actor
    return {
        "object": KIND,
        "account": owner.account,
        "actor": {
            "address": actor.address,
            "idempotency_key": actor.idempotency_key,
            "key": actor.key,
            "request": actor.request,
        },
        "created": recorded.event.at,
        "event": recorded.event,
        "livemode": owner.livemode,
        "position": recorded.position,
        "stream": recorded.stream,
        "topic": recorded.topic,
        "version": recorded.version,
    }


def _is_of(first: Event, owner: Owner) -> bool:
    """Say whether a stream that began with *first* is *owner*'s; an account has no mode."""
    if isinstance(first, AccountCreated):
        return first.account_id == owner.account
    return Owner(first.account, first.livemode) == owner  # type: ignore[union-attr]  # The first event of every other stream says whose it is.

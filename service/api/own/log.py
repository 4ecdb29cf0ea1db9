"""
The log as it is, for audits: every event of the caller's account and mode, in order.

Events are told as they were recorded. So whoever may read the log (a secret key, or a restricted
one that is allowed `log`) reads of people what the account's own objects show of them; of
somebody who was forgotten, what is left. Secrets are no part of any event but under the master
key: of API keys there is the digest, of an endpoint's chosen secret and the values of its
headers what they were sealed to, and client secrets are derived. What proves that nothing was
changed is not told here: that needs the bytes as they are stored, which `seti export` writes.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, get_args

import msgspec
from msgspec import UNSET

from projections.history import as_recorded
from service.api.call import Call
from service.api.lines import Lines, lines
from service.api.listing import span_of
from service.api.own.following import Span, told
from service.api.own.owned import is_of, is_there
from service.domain.errors import ResourceMissing
from service.domain.events import Event
from service.domain.recorded import Recorded
from service.domain.values import Owner
from service.wire import bad_param
from service.wire.bad_param import BadParam
from service.wire.params.log import LogParams

KIND: Final = "log_entry"
_TOPICS: Final = tuple(event.__name__ for event in get_args(Event))

_encode: Final = msgspec.json.Encoder().encode_lines


async def read(call: Call) -> Lines:
    """
    Read the log from a position on, as a stream of lines.

    Each line is a `log_entry`: an event as it was recorded, in the order of their positions.
    Where the log is followed, a line may be a `heartbeat`.
    """
    given = call.params(LogParams)
    since, until = span_of(given.created)
    span = await _span(call, given)

    async def tell(found: Sequence[Recorded]) -> bytes:
        in_time = [
            recorded
            for recorded in found
            if (since is None or recorded.event.at >= since)
            and (until is None or recorded.event.at < until)
        ]
        return _encode([entry(each, call.owner) for each in await _owned(call, in_time)])

    return lines(call, told(call.house, span, tell))


def check_after(after: int, head: int) -> int:
    """Return the position *after*, which has to be in a log that ends at *head*."""
    if after > head:
        raise BadParam(f"The log ends at position {head}, before 'after'.", param="after")
    return after


def entry(recorded: Recorded, owner: Owner) -> Mapping[str, Any]:
    """Return *recorded*, an event of *owner*'s, as the log's entry."""
    members = {
        "account": owner.account,
        "livemode": owner.livemode,
        "stream": recorded.stream,
        **as_recorded(recorded),
    }
    return {"object": KIND} | dict(sorted(members.items()))


async def _span(call: Call, given: LogParams) -> Span:
    head = await call.house.store.head()
    after = check_after(given.after, head)
    until = None if given.until is UNSET else given.until
    if until is not None and until < after:
        raise BadParam("'until' is a position before 'after'.", param="until")
    if not given.follow and until is not None and until > head:
        raise BadParam(f"The log ends at position {head}, before 'until'.", param="until")
    topics = () if given.topics is UNSET else given.topics
    for number, topic in enumerate(topics):
        if topic not in _TOPICS:
            raise bad_param.not_one_of(f"topics[{number}]", topic, _TOPICS)
    until = head if until is None and not given.follow else until
    return Span(after, until, topics, await _stream(call, given))


async def _stream(call: Call, given: LogParams) -> str | None:
    if given.object is UNSET:
        return None
    if not await is_there(call, given.object):
        raise ResourceMissing("object", given.object, param="object")
    return given.object


async def _owned(call: Call, found: Sequence[Recorded]) -> list[Recorded]:
    """Return those of *found* that are in streams of the caller's."""
    streams = list(dict.fromkeys(recorded.stream for recorded in found))
    firsts = await call.house.store.load_many([(stream, 1) for stream in streams])
    owned = {
        stream
        for stream, (first,) in zip(streams, firsts, strict=True)
        if is_of(first.event, call.owner)
    }
    return [recorded for recorded in found if recorded.stream in owned]

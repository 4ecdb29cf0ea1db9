"""Events as they happen: what webhooks would be told, for whoever asks to be."""

from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import UNSET

from service import ids
from service.api import events
from service.api.call import Call
from service.api.lines import Lines, lines
from service.api.own.following import Span, told
from service.api.own.log import check_after
from service.api.webhook_endpoints import version_named
from service.domain.announcements import ANNOUNCED_AS
from service.domain.recorded import Recorded
from service.wire import bad_param
from service.wire.event_types import is_known, is_meant
from service.wire.params.log import EventStreamParams
from service.wire.versions import Version

KIND: Final = "announcement"

_encode: Final = msgspec.json.Encoder().encode_lines


async def stream(call: Call) -> Lines:
    """
    Stream events as they happen, as a stream of lines.

    Each line is an `announcement`, whose event is what a webhook would be told, or a
    `heartbeat`. Whoever was cut off goes on after the last position it has seen.
    """
    given = call.params(EventStreamParams)
    topics = _topics(() if given.types is UNSET else given.types)
    version = None if given.api_version is UNSET else version_named(given.api_version)
    head = await call.house.store.head()
    after = head if given.after is UNSET else check_after(given.after, head)

    async def tell(found: Sequence[Recorded]) -> bytes:
        return await _announced(call, found, version)

    return lines(call, told(call.house, Span(after, None, topics), tell))


async def _announced(call: Call, found: Sequence[Recorded], version: Version | None) -> bytes:
    names = [ids.event_id(recorded.stream, recorded.version) for recorded in found]
    bodies = await events.told(call, names, version) if names else []
    return _encode(
        [
            {
                "object": KIND,
                "event": msgspec.Raw(call.house.reveal(body)),
                "position": recorded.position,
            }
            for recorded, body in zip(found, bodies, strict=True)
            if body is not None
        ]
    )


def _topics(wanted: Sequence[str]) -> list[str]:
    """Return what is recorded of the types *wanted*, all if none are. Raise `BadParam`."""
    for number, one in enumerate(wanted):
        if not is_known(one):
            name = f"types[{number}]"
            raise bad_param.BadParam(
                f"Invalid {name}: there are no events of type {bad_param.shown(one)}.", param=name
            )
    return [
        event.__name__
        for event, type_ in ANNOUNCED_AS.items()
        if type_ and (not wanted or any(is_meant(type_, one) for one in wanted))
    ]

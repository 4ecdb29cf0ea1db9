"""
What a list of deliveries or replays may be narrowed down to: things that are, or were, there.

A name that nobody has is a mistake of whoever asks, and told like a cursor that nobody has: an
empty list would say that all is well. It is looked at only where nothing was found, so that it
costs the other lists nothing. What is deleted has a name all the same.
"""

from typing import Any, Final

from msgspec import UNSET

from service import ids
from service.api.call import Call
from service.api.own.owned import is_there
from service.domain.deliveries import LIVE, Wanted
from service.domain.errors import ResourceMissing


async def check(call: Call, given: Any) -> None:
    """Raise `ResourceMissing` for what *given* names, and the caller does not have."""
    for param, (noun, is_known) in _KINDS.items():
        name = getattr(given, param, UNSET)
        if name is not UNSET and not await is_known(call, name):
            raise ResourceMissing(noun, name, param=param)


async def _is_endpoint(call: Call, name: str) -> bool:
    return name.startswith("we_") and await is_there(call, name)


async def _is_event(call: Call, name: str) -> bool:
    """Say whether *name* is an event of the caller's, or was told to an endpoint of it."""
    place = ids.place_of_event(name)
    if place is None:
        return False
    return await is_there(call, *place) or await _leads_anywhere(
        call, Wanted(owner=call.owner, event=name)
    )


async def _is_origin(call: Call, name: str) -> bool:
    """Say whether *name* is what deliveries come from: what happened, a replay, or a resend."""
    if name == LIVE or await call.house.deliveries.replay(call.owner, name) is not None:
        return True
    return await _leads_anywhere(call, Wanted(owner=call.owner, origin=name))


async def _leads_anywhere(call: Call, wanted: Wanted) -> bool:
    return bool(await call.house.deliveries.page(wanted, None, 1))


_KINDS: Final = {
    "endpoint": ("webhook endpoint", _is_endpoint),
    "event": ("event", _is_event),
    "origin": ("origin", _is_origin),
}

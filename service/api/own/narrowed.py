"""What a list of deliveries or replays may be narrowed down to, and who has it."""

from typing import Any, Final

from service import ids
from service.api import narrowing
from service.api.call import Call
from service.api.own.owned import is_there
from service.domain.deliveries import LIVE, Wanted


async def check(call: Call, given: Any) -> None:
    """Raise `ResourceMissing` for what *given* names, and the caller does not have."""
    await narrowing.check(call, given, _KINDS)


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


_KINDS: Final[narrowing.Kinds] = {
    "endpoint": ("webhook endpoint", _is_endpoint),
    "event": ("event", _is_event),
    "origin": ("origin", _is_origin),
}

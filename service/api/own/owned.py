"""Whose a stream of the log is: what its first event says, whatever became of it since."""

from service.api.call import Call
from service.domain.events import Event
from service.domain.events.account import AccountCreated
from service.domain.values import Owner


def is_of(first: Event, owner: Owner) -> bool:
    """Say whether a stream that began with *first* is *owner*'s; an account has no mode."""
    if isinstance(first, AccountCreated):
        return first.account_id == owner.account
    return Owner(first.account, first.livemode) == owner  # type: ignore[union-attr]  # The first event of every other stream says whose it is.


async def is_there(call: Call, stream: str, version: int = 1) -> bool:
    """Say whether the caller has, or had, an object called *stream*, which saw a *version*."""
    history = await call.house.store.load(stream, until=version)
    return 0 < version == len(history) and is_of(history[0].event, call.owner)

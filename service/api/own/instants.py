"""Where in the log an instant is."""

from typing import Final

from service.store.protocol import EventStore

# By so much may a clock have been set back between two events, or that of who decides differ
# from that of who fans out: nothing of a span is missed that is looked for this much beyond it.
CLOCK_SLACK_S: Final = 3600


async def first_at(store: EventStore, at: int) -> int:
    """Return the position of the first event at or after an instant, as far as clocks rise."""
    low, high = 1, await store.head() + 1
    while low < high:
        middle = (low + high) // 2
        found = await store.notifications(middle - 1, 1)
        if not found or found[0].event.at >= at:
            high = middle
        else:
            low = found[0].position + 1
    return low


async def last_before(store: EventStore, until: int, now: float) -> int:
    """
    Return the position up to which there may be events from before an instant, as of *now*.

    Where that is not long past, it is the end of the log: a clock that was far ahead for a while
    has left events in the middle of it that are still to come.
    """
    if until > now - CLOCK_SLACK_S:
        return await store.head()
    return await first_at(store, until + CLOCK_SLACK_S) - 1

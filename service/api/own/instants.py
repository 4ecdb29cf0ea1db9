"""Where in the log an instant is."""

from service.store.protocol import EventStore


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

"""
The log, page by page: up to a position, or for as long as it grows.

Each page is a query of its own, made when the reader has taken the one before. So a reader may
be as slow as it likes: it holds no transaction open, and nothing is kept for it. Where nothing
is to be told for a while, a heartbeat is: it tells how far the log was looked through, so that
a reader knows that the connection lives, and where to go on.
"""

import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import Final, NamedTuple, TypeAlias

import msgspec

from service import config
from service.api.house import House
from service.api.lines import Chunks
from service.api.problems import AGAIN, Problem
from service.domain.recorded import Recorded

HEARTBEAT: Final = "heartbeat"

_encode_line: Final = msgspec.json.Encoder().encode_lines


class Span(NamedTuple):
    """
    What to read: events past position *after*, up to *until*; without an end if it is None.

    With *topics*, only events of these are read at all; with *stream*, only that one's.
    """

    after: int
    until: int | None = None
    topics: Sequence[str] = ()
    stream: str | None = None


class Page(NamedTuple):
    """Some *events*, and the *position* up to which the log has been looked through with them."""

    events: Sequence[Recorded]
    position: int


Pages: TypeAlias = AsyncGenerator[Page, None]
Telling: TypeAlias = Callable[[Sequence[Recorded]], Awaitable[bytes]]


async def told(house: House, span: Span, tell: Telling) -> Chunks:
    """Give the lines that *tell* makes of each page, and heartbeats where there are none."""
    if span.until is None:
        yield heartbeat(span.after)
    said = time.monotonic()
    async with aclosing(pages(house, span)) as read:
        async for page in read:
            chunk = await tell(page.events)
            if not chunk and time.monotonic() - said >= config.HEARTBEAT_S:
                chunk = heartbeat(page.position)
            if chunk:
                yield chunk
                said = time.monotonic()


def heartbeat(position: int) -> bytes:
    """Return the line that says how far the log was looked through."""
    return _encode_line([{"object": HEARTBEAT, "position": position}])


async def pages(house: House, span: Span) -> Pages:
    """Give the pages of *span*; where it has no end, an empty one now and then meanwhile."""
    growth, position = house.growth, span.after
    while span.until is None or position < span.until:
        mark = growth.mark()
        head = await house.store.head()
        bound = head if span.until is None else min(head, span.until)
        while position < bound and not growth.ended:
            page = await _page(house, span, position, bound)
            yield page
            position = page.position
        if position == span.until:
            return
        if growth.ended:
            _end(span, position)
            return
        if not await growth.wait(mark, config.HEARTBEAT_S):
            yield Page((), position)


async def _page(house: House, span: Span, after: int, bound: int) -> Page:
    if span.stream is None:
        found = await house.store.notifications(after, config.STREAM_PAGE, span.topics)
    else:
        found = await house.store.notifications_in(span.stream, after, config.STREAM_PAGE)
    kept = [recorded for recorded in found if recorded.position <= bound]
    whole = len(found) < config.STREAM_PAGE or len(kept) < len(found)
    wanted = [one for one in kept if not span.topics or one.topic in span.topics]
    return Page(wanted, bound if whole else kept[-1].position)


def _end(span: Span, position: int) -> None:
    """Let nobody take what is cut off for the whole. Without an end, there is none to miss."""
    if span.until is not None:
        raise Problem(
            503,
            f"The server is stopping. Go on after position {position}.",
            error_type="api_error",
            headers=AGAIN,
        )

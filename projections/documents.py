"""
What the read model is told: documents to keep and news to list. Pure.

A document names every list its object is in now, not only the new ones, and every list
it has left on the way. So a later document makes good what an earlier one that was lost
would have said, and the same document may be told any number of times.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from projections.announcement import type_of
from projections.fold import Shown, advance, is_shown
from projections.indexes import Index, indexes_of
from service import ids
from service.domain.recorded import Recorded
from service.domain.values import Owner

render = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Document:
    """
    An object's view at *version* of its stream, rendered and sealed.

    *add* are the lists that it is in, *remove* those that it has left.
    """

    id: str
    owner: Owner
    version: int
    body: bytes
    add: tuple[Index, ...]
    remove: tuple[Index, ...]


@dataclass(frozen=True, slots=True)
class News:
    """That a Stripe event happened: it is listed, and rendered when it is asked for."""

    owner: Owner
    event_id: str
    type: str
    at: int
    position: int


@dataclass(frozen=True, slots=True)
class Told:
    """All that the read model is told of one stream: its *document*, and *news* on the way."""

    shown: Shown
    document: Document
    news: tuple[News, ...]


def tell(before: Shown | None, recorded: Sequence[Recorded]) -> Told | None:
    """
    Return what *recorded*, the events of one stream that follow *before*, lead to.

    None where the stream has no view. Raise `HoleInHistory` where an event is missing.
    """
    if not recorded or not is_shown(recorded[0].stream):
        return None
    shown = advance(before, recorded[0])
    left = {*(indexes_of(before) if before else ()), *indexes_of(shown)}
    for event in recorded[1:]:
        shown = advance(shown, event)
        left.update(indexes_of(shown))
    add = indexes_of(shown)
    document = Document(
        id=recorded[0].stream,
        owner=shown.owner,
        version=shown.version,
        body=render(shown.view),
        add=add,
        remove=tuple(sorted(left.difference(add), key=lambda index: index.name)),
    )
    return Told(shown, document, news(shown.owner, recorded))


def news(owner: Owner, recorded: Sequence[Recorded]) -> tuple[News, ...]:
    """Return those of *recorded* that are news."""
    return tuple(
        News(owner, ids.event_id(each.stream, each.version), type_, each.event.at, each.position)
        for each in recorded
        if (type_ := type_of(each)) is not None
    )

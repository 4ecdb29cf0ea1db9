"""What Redis should hold, as the log has it, in the words of Redis: keys, values, members."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from projections.documents import NOT_DUE, Document, News
from projections.indexes import EVENTS, event_of_member, events_of_type, news_member
from projections.keys import deadline_member, deadline_of_member, deadlines_key, index_key, view_key
from projections.writing import kept
from service import ids

Place = tuple[str, bytes, str]
"""A stream, the key of a list that it is in, and the member that stands for it there."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A *stream*'s view at *key* with *value*, and the *places* it is found in."""

    stream: str
    key: bytes
    value: bytes
    places: tuple[Place, ...]


def expected(generation: int, document: Document) -> Expected:
    """Return what *document* looks like in *generation*."""
    places = [
        (document.id, index_key(generation, document.owner, i), document.id) for i in document.add
    ]
    if document.due_at not in {None, NOT_DUE}:
        member = deadline_member(document.owner, document.id)
        places.append((document.id, deadlines_key(generation), member))
    key = view_key(generation, document.owner, document.id)
    return Expected(document.id, key, kept(document), tuple(places))


def places_of_news(generation: int, news: Iterable[News]) -> Iterator[Place]:
    """Return the lists that *news* are in."""
    for each in news:
        member = news_member(each.at, each.position, each.event_id)
        stream = stream_of(member)
        yield stream, index_key(generation, each.owner, EVENTS), member
        yield stream, index_key(generation, each.owner, events_of_type(each.type)), member


def stream_of(member: str) -> str:
    """Return the stream that *member* of any list stands for."""
    if ":" in member:
        return deadline_of_member(member)[1]
    place = ids.place_of_event(event_of_member(member))
    return member if place is None else place[0]

"""
What the read model is told: documents to keep and news to list. Pure.

A document names every list its object is in now, not only the new ones, and every list
it has left on the way. So a later document makes good what an earlier one that was lost
would have said, and the same document may be told any number of times.
"""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Final

import msgspec

from projections.announcement import type_of
from projections.fold import Shown, advance, is_shown
from projections.indexes import Index, indexes_of, placing
from service import ids
from service.domain.recorded import Recorded
from service.domain.values import Owner, Value

# In the place of an instant: there was one, and there is none any more.
NOT_DUE: Final = -1

_NAME: Final = attrgetter("name")

render = msgspec.json.Encoder().encode


class Document(Value, frozen=True):
    """
    An object's view at *version* of its stream, rendered and sealed.

    *add* are the lists that it is in, *remove* those that it has left. *due_at* is the
    instant that it waits for; `NOT_DUE` where it waits no more, None where it never did.
    """

    id: str
    owner: Owner
    version: int
    body: bytes
    add: tuple[Index, ...]
    remove: tuple[Index, ...]
    due_at: int | None = None


class News(Value, frozen=True):
    """That a Stripe event happened: it is listed, and rendered when it is asked for."""

    owner: Owner
    event_id: str
    type: str
    at: int
    position: int


class Told(Value, frozen=True):
    """All that the read model is told of one stream: its *document*, and *news* on the way."""

    document: Document
    news: tuple[News, ...]


class Going(Value, frozen=True):
    """A stream that goes on: as it is *shown* so far, and what it *passed* on the way."""

    shown: Shown | None = None
    passed: Sequence[Shown] = ()

    def on(self, events: Iterable[Recorded]) -> "Going":
        """Return it with *events* folded on. Raise `HoleInHistory` where one is missing."""
        shown, passed = self.shown, list(self.passed)
        for event in events:
            if shown is not None:
                passed.append(shown)
            shown = advance(shown, event)
        return Going(shown, passed)

    def shortened(self) -> "Going":
        """Return it with no more of what it passed than a document has to know."""
        passed: list[Shown] = []
        for one in self.passed:
            if not passed or _standing(passed[-1]) != _standing(one):
                passed.append(one)
        return Going(self.shown, passed)


def _standing(shown: Shown) -> tuple[object, ...]:
    return shown.due_at is None, placing(shown.view)


def tell(history: Sequence[Recorded]) -> Told | None:
    """Return what a whole *history* leads to. None where the stream has no view."""
    if not history or not is_shown(history[0].stream):
        return None
    going = Going().on(history)
    shown = going.shown
    assert shown is not None  # noqa: S101 (There was an event.)
    return Told(document(shown, going.passed), news(shown.owner, history))


def document(shown: Shown, passed: Sequence[Shown] = (), body: bytes | None = None) -> Document:
    """
    Return *shown* as a document that has left the lists of the versions *passed* before it.

    *body* is what *shown* renders to, where the caller has rendered it already.
    """
    add = indexes_of(shown)
    return Document(
        shown.view["id"],
        shown.owner,
        shown.version,
        render(shown.view) if body is None else body,
        add,
        _left(shown, passed, add),
        _due_at(shown, passed),
    )


def _due_at(shown: Shown, passed: Iterable[Shown]) -> int | None:
    if shown.due_at is not None:
        return shown.due_at
    for one in passed:
        if one.due_at is not None:
            return NOT_DUE
    return None


def _left(shown: Shown, passed: Iterable[Shown], add: tuple[Index, ...]) -> tuple[Index, ...]:
    if not passed:
        return ()
    here = placing(shown.view)
    # Most versions are where the last one is, and need not be asked where that was.
    moved = [one for one in passed if placing(one.view) != here]
    if not moved:
        return ()
    left = {index for one in moved for index in indexes_of(one)}
    return tuple(sorted(left.difference(add), key=_NAME))


def news(owner: Owner, recorded: Sequence[Recorded], first: int | None = None) -> tuple[News, ...]:
    """
    Return those of *recorded* that are news.

    *first* is the position of the first of them, where they do not know their own yet.
    """
    told = []
    for place, each in enumerate(recorded):
        type_ = type_of(each)
        if type_ is not None:
            position = each.position if first is None else first + place
            event_id = ids.event_id(each.stream, each.version)
            told.append(News(owner, event_id, type_, each.event.at, position))
    return tuple(told)

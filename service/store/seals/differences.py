"""
What was done to a stretch of the log, told from the marks that its seals recorded. Pure.

A mark tells an event wherever it stands. So one that stands somewhere else was moved; where
all that follow have moved by one place, an event was taken out, or put in, between them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from service.store.seals.findings import Finding, Kind

Marks: TypeAlias = "Sequence[tuple[int, bytes]]"

_SAYS: Final = {
    Kind.ALTERED: "{what} not what was sealed there",
    Kind.REMOVED: "{what} missing",
    Kind.INSERTED: "{what} nothing that was sealed there",
    Kind.REORDERED: "{what} sealed at another position",
    Kind.TRUNCATED: "{what} missing at the end: the log was cut off, or an older one put back",
}
_RENUMBERED: Final = "; all events after it stand at other positions"


@dataclass
class _Stretch:
    """What was sealed and what is there, at the positions where they are not the same."""

    sealed: Mapping[int, bytes]
    found: Mapping[int, bytes]
    places: Sequence[int]
    head: int

    def __post_init__(self) -> None:
        self.once, self.there = set(self.sealed.values()), set(self.found.values())

    def kind(self, index: int) -> tuple[Kind, bool]:
        """Return what was done at a place, and whether all after it was moved by that."""
        place = self.places[index]
        was, now = self.sealed.get(place), self.found.get(place)
        after = self.places[index + 1] if index + 1 < len(self.places) else 0
        forward = now is not None and self.sealed.get(after) == now
        back = was is not None and self.found.get(after) == was
        if forward is not back and was is not None and now is not None:
            return (Kind.REMOVED if forward else Kind.INSERTED), True
        return self._kind_in_place(place, was, now), False

    def _kind_in_place(self, place: int, was: bytes | None, now: bytes | None) -> Kind:
        if place > self.head:
            return Kind.TRUNCATED
        if was in self.there or now in self.once:
            return Kind.REORDERED
        if now is None:
            return Kind.REMOVED
        return Kind.INSERTED if was is None else Kind.ALTERED

    def moved_until(self, index: int, kind: Kind) -> int:
        """Return the index of the first place that is not moved with the one at *index*."""
        while index < len(self.places) and self.kind(index) == (kind, True):
            index += 1
        return min(index + 1, len(self.places))


def differences(sealed: Marks, found: Marks, head: int) -> list[Finding]:
    """Return what was done to what was *sealed* so that it is *found*, in a log up to *head*."""
    if unordered := next((b for (a, _), (b, _) in pairwise(found) if b <= a), None):
        return [_finding(Kind.REORDERED, unordered, unordered)]
    was, now = dict(sealed), dict(found)
    places = sorted(p for p in was.keys() | now.keys() if was.get(p) != now.get(p))
    differing = set(places)
    stretch = _Stretch(
        {p: mark for p, mark in was.items() if p in differing},
        {p: mark for p, mark in now.items() if p in differing},
        places,
        head,
    )
    return list(_merged(_told(stretch)))


def _told(stretch: _Stretch) -> Iterator[Finding]:
    index = 0
    while index < len(stretch.places):
        place = stretch.places[index]
        kind, moves = stretch.kind(index)
        if moves:
            index = stretch.moved_until(index, kind)
            yield _finding(kind, place, stretch.places[index - 1], _RENUMBERED)
        else:
            index += 1
            yield _finding(kind, place, place)


def _merged(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Make one of findings of the same kind at positions that follow each other."""
    last: Finding | None = None
    for each in findings:
        if last and last.kind == each.kind and each.position == last.until + 1:
            last = _finding(last.kind, last.position, each.until)
            continue
        if last:
            yield last
        last = each
    if last:
        yield last


def _finding(kind: Kind, first: int, last: int, more: str = "") -> Finding:
    many = last > first and not more
    what = f"positions {first} to {last} hold" if many else f"position {first} holds"
    if kind in {Kind.REMOVED, Kind.TRUNCATED}:
        what = f"positions {first} to {last} are" if many else f"position {first} is"
    if kind is Kind.REORDERED:
        what += " an event" if not many else " events"
    return Finding(kind, first, last, _SAYS[kind].format(what=what) + more)

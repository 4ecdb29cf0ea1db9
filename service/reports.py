"""What the runtime answers to the command line: values that `console` prints."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from projections.history import Entry
from service.domain.trails import Trail

Progress: TypeAlias = Callable[[int, int], None]
"""Told from time to time how many events are done, and of how many."""


@dataclass(frozen=True, slots=True)
class History:
    """
    What happened to the object *id*, in order, up to a moment.

    *trails* tells where what was announced went, by the events' ids. *shown* is the object as
    the API would have shown it then, its secrets left out; None where it did not exist.
    """

    id: str
    entries: Sequence[Entry]
    trails: Mapping[str, Sequence[Trail]]
    shown: Mapping[str, Any] | None

    def trails_of(self, entry: Entry) -> tuple[Trail, ...]:
        """Return where what *entry* announced went."""
        return tuple(self.trails.get(entry.announced[0], ())) if entry.announced else ()


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """
    What a rebuild came to. *seconds* is its whole duration.

    *differences* are sentences, one for each view or index that was not as the log has it;
    only a check looks for them.
    """

    events: int
    views: int
    seconds: float
    differences: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ApiKeys:
    """The first account's keys for test mode; None in the place of one that was ended."""

    secret: str | None = field(repr=False)
    publishable: str | None


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup of the log *log_id* up to *position*; with the master key, or without."""

    log_id: str
    position: int
    with_master_key: bool

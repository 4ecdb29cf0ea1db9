"""
The fold that every follower of the log takes, one event at a time.

It knows which stream is shown as what by the prefix of the stream's name. Accounts are not
shown: their streams have no view.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from projections import (
    configuration,
    confirmation_token,
    customer,
    endpoint,
    mandate,
    payment_method,
    setup_intent,
    token,
)
from projections.deadline import due_after
from projections.view import View
from service.domain.recorded import Recorded
from service.domain.values import Owner, Value

Step: TypeAlias = Callable[[View, Any], View]

STEPS: Final[Mapping[str, Step]] = {
    "seti": setup_intent.step,
    "pm": payment_method.step,
    "mandate": mandate.step,
    "cus": customer.step,
    "we": endpoint.step,
    "tok": token.step,
    "btok": token.step,
    "ctoken": confirmation_token.step,
    "pmc": configuration.step,
}


class Shown(Value, frozen=True):
    """
    An object as it is shown at *version* of its stream.

    *view* is never changed in place: the next version is another `Shown`. What it waits for
    is *due_at* (Unix seconds), if it waits for an instant.
    """

    owner: Owner
    version: int
    view: View
    due_at: int | None = None


class HoleInHistory(Exception):
    """An event was to be folded that is not the next one of its stream."""


def is_shown(stream: str) -> bool:
    """Say whether *stream* has a view."""
    return stream.partition("_")[0] in STEPS


def advance(shown: Shown | None, recorded: Recorded) -> Shown:
    """
    Return what is shown after *recorded*, the next event of its stream.

    *shown* is None before the first one. Raise `HoleInHistory` where an event is missing
    in between. The stream must be one that `is_shown`.
    """
    version, event = recorded.version, recorded.event
    expected = 1 if shown is None else shown.version + 1
    if version != expected:
        raise HoleInHistory(f"{recorded.stream}: version {version}, not {expected}")
    step = STEPS[recorded.stream.partition("_")[0]]
    if shown is None:
        owner = Owner(event.account, event.livemode)  # type: ignore[union-attr]  # The first event of every shown stream says whose it is.
        return Shown(owner, 1, step({}, event))
    return Shown(shown.owner, version, step(shown.view, event), due_after(shown.due_at, event))


def show(history: Iterable[Recorded]) -> Shown | None:
    """Return what *history*, whole or up to some version, leads to; None if nothing is shown."""
    shown: Shown | None = None
    for recorded in history:
        if not is_shown(recorded.stream):
            return None
        shown = advance(shown, recorded)
    return shown


def steps(history: Iterable[Recorded]) -> Iterator[tuple[Shown | None, Recorded, Shown]]:
    """Give each event of *history*, a stream that is shown, between what is shown around it."""
    before: Shown | None = None
    for recorded in history:
        after = advance(before, recorded)
        yield before, recorded, after
        before = after

"""
The instant that a SetupIntent waits for, if it waits for one.

It is shown to nobody, but every follower of the log folds it beside the view, so that those
whose time has come are found without looking at any other.
"""

from typing import Any, Final

from service.domain.events import (
    PersonalDataForgotten,
    SetupIntentActionRequired,
    SetupIntentProcessing,
    SetupIntentUpdated,
    SetupMandateMade,
    SetupVerificationFailed,
)
from service.domain.values import Status

_WAITING: Final = frozenset({Status.REQUIRES_ACTION, Status.PROCESSING})
_BESIDE: Final = frozenset({PersonalDataForgotten, SetupMandateMade, SetupVerificationFailed})


def due_after(due_at: int | None, event: Any) -> int | None:
    """Return when something is due (Unix seconds) after *event*, where *due_at* was before."""
    kind = type(event)
    if kind is SetupIntentActionRequired:
        expires_at: int | None = event.expires_at
        return expires_at
    if kind is SetupIntentProcessing:
        settles_at: int | None = event.settles_at
        return settles_at
    # Next to nothing ever waits for an instant, and every event comes through here.
    if due_at is None or kind in _BESIDE:
        return due_at
    return due_at if kind is SetupIntentUpdated and event.status in _WAITING else None

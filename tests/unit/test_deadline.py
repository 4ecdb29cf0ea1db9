"""Which instant a SetupIntent waits for, and what the read model is told of it."""

import pytest
from msgspec.structs import replace

from projections.documents import NOT_DUE, tell
from projections.fold import show
from projections.keys import deadline_member, deadline_of_member
from service.domain import events as e
from service.domain.setup_intent import fold
from service.domain.values import Owner, Status
from tests import histories as a

DUE: int = a.AT + 600
WAITING = (
    a.INTENT_CREATED,
    a.ATTEMPT_STARTED,
    replace(a.ACTION_REQUIRED, expires_at=DUE),
)
PROCESSING = (a.INTENT_CREATED, a.ATTEMPT_STARTED, replace(a.PROCESSING, settles_at=DUE))
DESCRIBED = replace(a.INTENT_UPDATED, status=Status.REQUIRES_ACTION)

HISTORIES: dict[str, tuple[tuple[e.SetupIntentEvent, ...], int | None]] = {
    "created": ((a.INTENT_CREATED,), None),
    "asked": (WAITING, DUE),
    "asked without an end": ((*WAITING[:2], a.ACTION_REQUIRED), None),
    "asked, and described": ((*WAITING, DESCRIBED), DUE),
    "asked, and answered wrongly": ((*WAITING, a.VERIFICATION_FAILED), DUE),
    "asked, and done": ((*WAITING, a.SUCCEEDED), None),
    "asked, and given up": ((*WAITING, a.INTENT_UPDATED), None),
    "asked, and canceled": ((*WAITING, a.CANCELED), None),
    "asked, and asked anew": ((*WAITING, replace(a.ATTEMPT_STARTED, number=2)), None),
    "processing": (PROCESSING, DUE),
    "processing for ever": ((*PROCESSING[:2], a.PROCESSING), None),
    "processing, and described": (
        (*PROCESSING, replace(a.INTENT_UPDATED, status=Status.PROCESSING)),
        DUE,
    ),
    "processing, and failed": ((*PROCESSING, a.SETUP_FAILED), None),
}


@pytest.mark.parametrize("row", HISTORIES)
def test_an_intent_waits_until(row: str) -> None:
    """What followers of the log find is what the domain decides on."""
    history, due_at = HISTORIES[row]
    shown = show(a.recorded(*history))
    assert shown is not None
    assert shown.due_at == due_at
    attempt = fold(history).attempt
    assert (attempt.due_at if attempt else None) == due_at


@pytest.mark.parametrize("row", HISTORIES)
def test_the_read_model_is_told(row: str) -> None:
    """A document says when, or that it waits no more where it ever did, or nothing."""
    history, due_at = HISTORIES[row]
    told = tell(a.recorded(*history))
    assert told is not None
    ever = any(
        getattr(event, name, None) for event in history for name in ("expires_at", "settles_at")
    )
    assert told.document.due_at == (due_at or (NOT_DUE if ever else None))


@pytest.mark.parametrize("livemode", [True, False])
def test_a_member_tells_whose_it_is(livemode: bool) -> None:  # noqa: FBT001 (A drawn value.)
    """Who waits, and whose that is, is read back as it was written."""
    owner = Owner(a.ACCT, livemode)
    assert deadline_of_member(deadline_member(owner, a.SETI)) == (owner, a.SETI)

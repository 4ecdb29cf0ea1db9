"""
Whether an attempt waits for what somebody says came of it.

Ask before the gateway is asked: what it finds of an attempt that is over means nothing.
"""

from collections.abc import Mapping
from typing import Final

from service.domain import errors
from service.domain.attempt_state import Attempt
from service.domain.commands.setup_intent import (
    Answered,
    Authenticate,
    Conclude,
    Expire,
    Settle,
    Verify,
)
from service.domain.setup_intent_state import SetupIntent
from service.domain.values import AttemptStatus, Status
from service.domain.verdicts import MICRODEPOSITS

_STATUS: Final[Mapping[type[Answered], AttemptStatus]] = {
    Conclude: AttemptStatus.PROCESSING,
    Authenticate: AttemptStatus.REQUIRES_ACTION,
    Verify: AttemptStatus.REQUIRES_ACTION,
    Settle: AttemptStatus.PROCESSING,
    Expire: AttemptStatus.REQUIRES_ACTION,
}


def waiting_attempt(kind: type[Answered], attempt: str, intent: SetupIntent, at: int) -> Attempt:
    """
    Return the attempt that a command of *kind* is for.

    Raise `Refused` where *attempt* is not the latest one, or waits for something else, or
    for a later instant than *at*.
    """
    latest = intent.attempt
    if latest is None or latest.id != attempt or not _waits(latest, kind, at):
        raise errors.AttemptNotWaiting(attempt)
    return latest


def is_overdue(attempt: Attempt, at: int) -> bool:
    """Say whether the instant that *attempt* waits for, if there is one, has come *at*."""
    return attempt.due_at is not None and attempt.due_at <= at


def verifiable_attempt(intent: SetupIntent) -> Attempt:
    """Return the attempt whose microdeposits can be named. Raise `NotVerifiable`."""
    latest = intent.attempt
    if latest is None or latest.action != MICRODEPOSITS:
        raise errors.NotVerifiable(intent.status, {Status.REQUIRES_ACTION})
    return latest


def _waits(attempt: Attempt, kind: type[Answered], at: int) -> bool:
    if attempt.status is not _STATUS[kind] or attempt.unanswered is not (kind is Conclude):
        return False
    if kind in {Settle, Expire}:
        return is_overdue(attempt, at)
    if kind is Conclude:
        return True
    return (attempt.action == MICRODEPOSITS) is (kind is Verify)

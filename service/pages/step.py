"""
The step that an attempt asks of its customer, folded from the log.

The page of an attempt outlives the attempt: it may be open in a tab while the intent has
gone on to its third one. So the attempt is looked for in the whole history, where the
state of a SetupIntent holds only the latest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, cast

from service import ids
from service.domain.events import (
    Event,
    SetupAttemptStarted,
    SetupIntentActionRequired,
    SetupIntentEvent,
    SetupIntentSetupFailed,
    SetupVerificationFailed,
)
from service.domain.setup_intent import Attempt, SetupIntent, evolve
from service.domain.values import AttemptStatus, JsonObject, Owner, Status, Value, replace
from service.domain.verdicts import MICRODEPOSITS
from service.domain.waiting import is_overdue
from service.store.protocol import EventStore


class Ending(Enum):
    """What came of an attempt."""

    SUCCEEDED = auto()
    PENDING = auto()
    FAILED = auto()
    EXHAUSTED = auto()
    EXPIRED = auto()
    CANCELED = auto()
    REPLACED = auto()


_ENDINGS: Final = {
    AttemptStatus.SUCCEEDED: Ending.SUCCEEDED,
    AttemptStatus.PROCESSING: Ending.PENDING,
}
_FAILURES: Final = {
    "payment_method_microdeposit_verification_attempts_exceeded": Ending.EXHAUSTED,
    "payment_method_microdeposit_verification_timeout": Ending.EXPIRED,
    "setup_intent_setup_attempt_expired": Ending.EXPIRED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """
    One *attempt* of the SetupIntent *intent*, as it stands now.

    *method* is what the attempt shows of its payment method, *asked* what it asks of the
    customer, if it has come to that, *mismatch* that microdeposits were named wrongly, and
    *failed* how it failed, if it did.
    """

    intent: SetupIntent
    attempt: Attempt
    method: JsonObject
    asked: SetupIntentActionRequired | None
    mismatch: SetupVerificationFailed | None
    failed: SetupIntentSetupFailed | None

    @property
    def owner(self) -> Owner:
        return self.intent.owner

    @property
    def type(self) -> str:
        """The type of the payment method: `card`, `ideal`."""
        return str(self.method["type"])

    @property
    def verifies(self) -> bool:
        """Whether microdeposits are to be named; all else is a yes or a no."""
        return self.asked is not None and self.asked.action == MICRODEPOSITS

    @property
    def is_open(self) -> bool:
        """Whether it is decided here, if only that it is too late. In live mode the bank does."""
        return self.attempt.status is AttemptStatus.REQUIRES_ACTION and not self.owner.livemode

    def waits(self, at: int) -> bool:
        """Whether the customer may still take it."""
        return self.is_open and not is_overdue(self.attempt, at)

    def ending(self, at: int) -> Ending | None:
        """What came of the attempt, if anything did. What is too late is so without an event."""
        match self.attempt.status:
            case AttemptStatus.REQUIRES_ACTION:
                return Ending.EXPIRED if is_overdue(self.attempt, at) else None
            case AttemptStatus.ABANDONED:
                latest = self.intent.attempt is self.attempt
                canceled = latest and self.intent.status is Status.CANCELED
                return Ending.CANCELED if canceled else Ending.REPLACED
            case AttemptStatus.FAILED if self.failed:
                return _FAILURES.get(self.failed.error.get("code", ""), Ending.FAILED)
            case status:
                return _ENDINGS.get(status)


async def step_of(store: EventStore, attempt: str) -> Step | None:
    """Return the step of *attempt*, or None where the log knows no such attempt."""
    intent = ids.intent_of_attempt(attempt)
    if intent is None:
        return None
    history = await store.load(intent)
    return step_in((recorded.event for recorded in history), attempt)


class _Found(Value, frozen=True):
    """What the history tells of the attempt that is looked for."""

    attempt: Attempt
    method: JsonObject
    asked: SetupIntentActionRequired | None = None
    mismatch: SetupVerificationFailed | None = None
    failed: SetupIntentSetupFailed | None = None


def step_in(history: Iterable[Event], attempt: str) -> Step | None:
    """Return the step of *attempt* after the whole *history* of its intent."""
    intent, found = SetupIntent(), None
    for event in cast("Iterable[SetupIntentEvent]", history):
        intent = evolve(intent, event)
        if intent.attempt is not None and intent.attempt.id == attempt:
            found = _told(found, intent.attempt, event)
    if found is None:
        return None
    latest = found.attempt
    if latest is not intent.attempt and latest.status is AttemptStatus.REQUIRES_ACTION:
        latest = replace(latest, status=AttemptStatus.ABANDONED)
    return Step(
        intent=intent,
        attempt=latest,
        method=found.method,
        asked=found.asked,
        mismatch=found.mismatch,
        failed=found.failed,
    )


def _told(found: _Found | None, attempt: Attempt, event: SetupIntentEvent) -> _Found | None:
    match event:
        case SetupAttemptStarted():
            return _Found(attempt, event.payment_method_details)
        case SetupIntentActionRequired() if found:
            return replace(found, attempt=attempt, asked=event)
        case SetupVerificationFailed() if found:
            return replace(found, attempt=attempt, mismatch=event)
        case SetupIntentSetupFailed() if found:
            return replace(found, attempt=attempt, failed=event)
        case _:
            return replace(found, attempt=attempt) if found else None

"""
An attempt as its page knows it, folded from the log.

The page of an attempt outlives the attempt: it may be open in a tab while the intent has
gone on to its third one. So the attempt is looked for in the whole history, where the
state of a SetupIntent holds only the latest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from service import ids
from service.domain.events import Event, SetupAttemptStarted, SetupIntentEvent
from service.domain.setup_intent import Attempt, SetupIntent, evolve
from service.domain.values import AttemptStatus, JsonObject, Owner, replace
from service.store.protocol import EventStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """
    One attempt of the SetupIntent *intent*, as it stands now.

    *card* is what the attempt shows of its card, empty for other payment methods.
    """

    intent: str
    owner: Owner
    attempt: Attempt
    card: JsonObject

    @property
    def waits(self) -> bool:
        """Whether the customer may decide it here. In live mode that is for the bank's page."""
        return self.attempt.status is AttemptStatus.REQUIRES_ACTION and not self.owner.livemode

    @property
    def is_over(self) -> bool:
        """Whether something came of it, if only that it was given up."""
        return self.attempt.status not in {AttemptStatus.REQUIRES_ACTION, AttemptStatus.PROCESSING}

    @property
    def succeeded(self) -> bool:
        return self.attempt.status is AttemptStatus.SUCCEEDED


async def challenge_of(store: EventStore, attempt: str) -> Challenge | None:
    """Return the challenge of *attempt*, or None where the log knows no such attempt."""
    intent = ids.intent_of_attempt(attempt)
    if intent is None:
        return None
    history = await store.load(intent)
    return challenge_in((recorded.event for recorded in history), attempt)


def challenge_in(history: Iterable[Event], attempt: str) -> Challenge | None:
    """Return the challenge of *attempt* after the whole *history* of its intent."""
    intent, found, card = SetupIntent(), None, {}
    for event in cast("Iterable[SetupIntentEvent]", history):
        intent = evolve(intent, event)
        if intent.attempt is not None and intent.attempt.id == attempt:
            found = intent.attempt
            if isinstance(event, SetupAttemptStarted):
                card = event.payment_method_details.get("card", {})
    if found is None:
        return None
    if found is not intent.attempt and found.status is AttemptStatus.REQUIRES_ACTION:
        found = replace(found, status=AttemptStatus.ABANDONED)
    return Challenge(intent=intent.id, owner=intent.owner, attempt=found, card=card)

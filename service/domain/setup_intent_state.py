"""
What a SetupIntent's decisions need to know, folded from its stream.

Less than the view shows: what no decision reads is not in here.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any, Final, assert_never, cast

from service.domain import blanks
from service.domain.attempt_state import Attempt, OfAttempt, abandoned, after, begun, forgotten
from service.domain.events import (
    Event,
    PersonalDataForgotten,
    SetupAttemptStarted,
    SetupIntentActionRequired,
    SetupIntentCanceled,
    SetupIntentCreated,
    SetupIntentEvent,
    SetupIntentProcessing,
    SetupIntentSetupFailed,
    SetupIntentSucceeded,
    SetupIntentUpdated,
    SetupMandateMade,
    SetupVerificationFailed,
)
from service.domain.impossible import ImpossibleEvent
from service.domain.values import (
    NOBODY,
    AttemptStatus,
    JsonObject,
    Owner,
    Status,
    Value,
    field,
    fields,
    replace,
)


class SetupIntent(Value, frozen=True, kw_only=True):
    """A SetupIntent. Before its first event it has no status."""

    id: str = ""
    owner: Owner = NOBODY
    status: Status | None = None
    usage: str = "off_session"
    customer: str | None = None
    customer_account: str | None = None
    payment_method: str | None = None
    payment_method_types: tuple[str, ...] = ()
    payment_method_options: JsonObject = field(default_factory=dict)
    allowed_payment_method_types: tuple[str, ...] | None = None
    excluded_payment_method_types: tuple[str, ...] | None = None
    automatic_payment_methods: JsonObject | None = None
    payment_method_configuration: str | None = None
    attach_to_self: bool | None = None
    single_use: JsonObject | None = None
    on_behalf_of: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    attempt: Attempt | None = None

    @property
    def attempts(self) -> int:
        """How many attempts there have been; the next one has one number more."""
        return self.attempt.number if self.attempt else 0

    @property
    def unanswered(self) -> bool:
        """Whether the gateway still owes an answer to the latest attempt."""
        return self.attempt is not None and self.attempt.unanswered


_KEPT: Final = frozenset(each.name for each in fields(SetupIntent)) - {"id", "owner", "attempt"}


def fold(history: Iterable[Event]) -> SetupIntent:
    """Return what *history*, the whole stream in its order, leads to."""
    return reduce(evolve, cast("Iterable[SetupIntentEvent]", history), SetupIntent())


def evolve(intent: SetupIntent, event: SetupIntentEvent) -> SetupIntent:
    """Return *intent* as it is after *event*. Raise `ImpossibleEvent` where it cannot be."""
    match event:
        case SetupIntentCreated():
            return _created(intent, event)
        case SetupIntentUpdated():
            return _updated(intent, event)
        case SetupAttemptStarted():
            return _started(intent, event)
        case SetupIntentCanceled():
            return replace(_abandoned(intent), status=Status.CANCELED)
        case PersonalDataForgotten():
            return _forgotten(intent, event)
        case (
            SetupIntentSucceeded()
            | SetupIntentSetupFailed()
            | SetupIntentActionRequired()
            | SetupIntentProcessing()
            | SetupMandateMade()
            | SetupVerificationFailed()
        ):
            return _of_attempt(intent, event)
        case _:
            assert_never(event)


_LEADS_TO: Final[Mapping[type[OfAttempt], Status]] = {
    SetupIntentActionRequired: Status.REQUIRES_ACTION,
    SetupIntentProcessing: Status.PROCESSING,
    SetupIntentSucceeded: Status.SUCCEEDED,
    SetupIntentSetupFailed: Status.REQUIRES_PAYMENT_METHOD,
}


def _created(intent: SetupIntent, event: SetupIntentCreated) -> SetupIntent:
    if intent.status is not None:
        raise ImpossibleEvent(event)
    kept = {name: getattr(event, name) for name in _KEPT}
    return SetupIntent(id=event.setup_intent_id, owner=Owner(event.account, event.livemode), **kept)


def _updated(intent: SetupIntent, event: SetupIntentUpdated) -> SetupIntent:
    if intent.status is None:
        raise ImpossibleEvent(event)
    if event.status is not Status.REQUIRES_ACTION:
        intent = _abandoned(intent)
    kept: dict[str, Any] = {
        # A list in JSON was a tuple when the event was made.
        name: tuple(value) if isinstance(value, list) else value
        for name, value in event.changed.items()
        if name in _KEPT
    }
    return replace(intent, status=event.status, **kept)


def _started(intent: SetupIntent, event: SetupAttemptStarted) -> SetupIntent:
    if intent.status is None or event.number != intent.attempts + 1:
        raise ImpossibleEvent(event)
    return replace(
        intent,
        attempt=begun(event),
        payment_method=event.payment_method,
        payment_method_options=event.payment_method_options,
    )


def _of_attempt(intent: SetupIntent, event: OfAttempt) -> SetupIntent:
    if intent.attempt is None or intent.attempt.id != event.attempt:
        raise ImpossibleEvent(event)
    match event:
        case SetupIntentSucceeded(payment_method=set_up):
            payment_method: str | None = set_up
        case SetupIntentSetupFailed():
            payment_method = None
        case _:
            payment_method = intent.payment_method
    return replace(
        intent,
        status=_LEADS_TO.get(type(event), intent.status),
        attempt=after(intent.attempt, event),
        payment_method=payment_method,
    )


def _forgotten(intent: SetupIntent, event: PersonalDataForgotten) -> SetupIntent:
    if intent.status is None:
        raise ImpossibleEvent(event)
    attempt = intent.attempt and forgotten(intent.attempt)
    return replace(intent, attempt=attempt, metadata=blanks.emptied(intent.metadata))


def _abandoned(intent: SetupIntent) -> SetupIntent:
    attempt = intent.attempt
    if attempt is None or attempt.status is not AttemptStatus.REQUIRES_ACTION:
        return intent
    return replace(intent, attempt=abandoned(attempt))

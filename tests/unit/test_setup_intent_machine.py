"""Callers, gateways and customers do anything in any order; the promises hold all the same."""

from typing import Any, Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from projections import setup_attempt
from projections.deadline import due_after
from projections.setup_intent import view
from service.domain.commands.setup_intent import Answered, Command, Expire, Settle, Verify
from service.domain.errors import Refused
from service.domain.events import SetupIntentEvent
from service.domain.facts import PaymentMethodFacts
from service.domain.setup_intent import ACCEPTED_IN, SetupIntent, decide, evolve, fold
from service.domain.values import AttemptStatus, Status
from service.domain.verdicts import ActionRequired, Mismatch, Processing, Succeeded
from tests import builders as a

FINAL: Final = frozenset({Status.SUCCEEDED, Status.CANCELED})
# Mostly what is let through, so that walks get far; and all that is refused.
METHODS: Final = st.builds(
    a.method,
    id=st.sampled_from(["pm_1", "pm_2"]),
    type=st.sampled_from(["card"] * 5 + ["eps"]),
    customer=st.sampled_from([None] * 4 + ["cus_1", "cus_2"]),
    spent=st.sampled_from([False] * 5 + [True]),
)
DUE: Final = a.AT + 60
ASKED: Final = ActionRequired(details=a.CARD, action="verify_with_microdeposits", expires_at=DUE)
VERDICTS: Final = st.sampled_from(
    [
        Succeeded(details=a.CHECKED_CARD),
        a.decline(),
        a.challenge(),
        a.challenge(),
        ASKED,
        ASKED,
        Processing(details=a.CARD, settles_at=DUE),
        Processing(details=a.CARD),
    ]
)
MISMATCHES: Final = st.builds(Mismatch, reason=st.just(a.REASON), final=st.booleans())
MANDATES: Final = st.sampled_from([None, None, "mandate_1", "mandate_2"])
INSTANTS: Final = st.sampled_from([a.AT, DUE, DUE])
CHANGES: Final[st.SearchStrategy[dict[str, Any]]] = st.fixed_dictionaries(
    {},
    optional={
        "customer": st.sampled_from([None, "cus_1", "cus_2"]),
        "description": st.text(max_size=3),
        "metadata": st.sampled_from(["", {"a": "1"}, {"a": ""}]),
        "payment_method": st.sampled_from([None, "pm_1", "pm_2"]),
        "allowed_payment_method_types": st.sampled_from([None, ("card",), ("eps",)]),
    },
)
ATTEMPTS: Final = st.sampled_from([0, 0, 0, 1])
RETURN_URLS: Final = st.sampled_from([a.RETURN_URL, a.RETURN_URL, None])


class SetupIntentMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.history: list[SetupIntentEvent] = []
        self.intent = SetupIntent()

    def send(self, command: Command) -> None:
        before = self.intent
        try:
            events = decide(command, before)
        except Refused:
            return
        assert before.status in ACCEPTED_IN[type(command)]
        for event in events:
            self.intent = evolve(self.intent, event)
        self.history += events
        assert before.status not in FINAL or self.intent.status is before.status

    def attempt(self, back: int) -> str:
        return f"setatt_{self.intent.attempts - back}"

    def attempted(self) -> PaymentMethodFacts:
        attempt = self.intent.attempt
        return a.method(id=attempt.payment_method) if attempt else a.method()

    @initialize(named=st.booleans(), customer=st.sampled_from([None, "cus_1"]))
    def create(self, named: bool, customer: str | None) -> None:  # noqa: FBT001 (A drawn value.)
        types = ("card",) if named else None
        self.send(a.create(customer=customer, payment_method_types=types))

    @rule(method=METHODS, changes=CHANGES)
    def update(self, method: Any, changes: dict[str, Any]) -> None:
        if changes.get("payment_method"):
            changes = {**changes, "payment_method": method.id}
        self.send(a.update(method, **changes))

    @rule(method=METHODS, return_url=RETURN_URLS)
    def confirm(self, method: Any, return_url: str | None) -> None:
        attempt = f"setatt_{self.intent.attempts + 1}"
        self.send(a.confirm(payment_method=method, return_url=return_url, attempt=attempt))

    @rule(verdict=VERDICTS, back=ATTEMPTS, mandate=MANDATES)
    def conclude(self, verdict: Any, back: int, mandate: str | None) -> None:
        command = a.conclude(
            verdict=verdict,
            attempt=self.attempt(back),
            payment_method=self.attempted(),
            mandate=mandate,
        )
        self.answer(command)

    @rule(verdict=VERDICTS | MISMATCHES, back=ATTEMPTS)
    def verify(self, verdict: Any, back: int) -> None:
        self.later(Verify, verdict, back, a.AT)

    @rule(kind=st.sampled_from([Settle, Expire]), verdict=VERDICTS, back=ATTEMPTS, at=INSTANTS)
    def come_due(self, kind: type[Answered], verdict: Any, back: int, at: int) -> None:
        self.later(kind, verdict, back, at)

    def later(self, kind: type[Answered], verdict: Any, back: int, at: int) -> None:
        command = a.answer(
            kind,
            verdict=verdict,
            attempt=self.attempt(back),
            payment_method=self.attempted(),
            at=at,
        )
        self.answer(command)

    @rule(verdict=VERDICTS, back=ATTEMPTS)
    def authenticate(self, verdict: Any, back: int) -> None:
        command = a.authenticate(
            verdict=verdict, attempt=self.attempt(back), payment_method=self.attempted()
        )
        self.answer(command)

    def answer(self, command: Answered) -> None:
        before = self.intent
        self.send(command)
        if self.intent.attempt != before.attempt:
            assert before.attempt
            assert command.attempt == before.attempt.id

    @rule(command=st.sampled_from([a.create(), a.confirm(payment_method=None), a.cancel()]))
    def end_or_err(self, command: Command) -> None:
        self.send(command)

    @invariant()
    def a_reader_of_the_whole_stream_agrees(self) -> None:
        assert fold(self.history) == self.intent

    @invariant()
    def an_attempt_waits_exactly_while_action_is_required(self) -> None:
        intent = self.intent
        if intent.unanswered:
            return
        waits = intent.attempt and intent.attempt.status is AttemptStatus.REQUIRES_ACTION
        assert bool(waits) is (intent.status is Status.REQUIRES_ACTION)

    @invariant()
    def attempts_are_numbered_without_gaps(self) -> None:
        made = setup_attempt.attempts(self.history)
        assert [each["id"] for each in made] == [f"setatt_{n + 1}" for n in range(len(made))]
        assert self.intent.attempts == len(made)

    @invariant()
    def at_most_the_latest_attempt_is_open(self) -> None:
        made = setup_attempt.attempts(self.history)
        assert all(each["status"] in ("failed", "abandoned") for each in made[:-1])
        if made and self.intent.attempt:
            assert made[-1]["status"] == self.intent.attempt.status

    @invariant()
    def the_payment_method_is_there_where_it_must_be(self) -> None:
        intent = self.intent
        if intent.status is Status.REQUIRES_PAYMENT_METHOD and not intent.unanswered:
            assert intent.payment_method is None
        if intent.status in {
            Status.REQUIRES_CONFIRMATION,
            Status.PROCESSING,
            Status.SUCCEEDED,
        }:
            assert intent.payment_method is not None

    @invariant()
    def whoever_follows_the_log_knows_what_is_due(self) -> None:
        due_at = None
        for event in self.history:
            due_at = due_after(due_at, event)
        assert due_at == (self.intent.attempt.due_at if self.intent.attempt else None)

    @invariant()
    def clients_see_what_the_domain_decided(self) -> None:
        intent, current = self.intent, view(self.history)
        assert current.get("status") == intent.status
        assert current.get("payment_method") == intent.payment_method
        assert current.get("customer") == intent.customer
        assert current.get("metadata", {}) == intent.metadata
        latest = intent.attempt.id if intent.attempt else None
        assert current.get("latest_attempt") == latest

    @invariant()
    def clients_are_told_what_to_do_only_when_something_is_to_do(self) -> None:
        current = view(self.history)
        told = current.get("next_action") is not None
        assert told is (self.intent.status is Status.REQUIRES_ACTION)


TestSetupIntentMachine = SetupIntentMachine.TestCase
TestSetupIntentMachine.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)

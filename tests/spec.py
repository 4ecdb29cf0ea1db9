"""
Given what has happened, when something is asked, then this follows.

`given(a.created()).when(a.cancel()).then(a.canceled())` reads aloud, and fails with both
lists of events in sight.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final, TypeVar

import pytest

from service.domain import (
    account,
    configuration,
    confirmation_token,
    customer,
    endpoint,
    mandate,
    payment_method,
    setup_intent,
    token,
)
from service.domain.commands import account as account_commands
from service.domain.commands import configuration as configuration_commands
from service.domain.commands import confirmation_token as confirmation_token_commands
from service.domain.commands import customer as customer_commands
from service.domain.commands import endpoint as endpoint_commands
from service.domain.commands import mandate as mandate_commands
from service.domain.commands import payment_method as payment_method_commands
from service.domain.commands import setup_intent as setup_intent_commands
from service.domain.commands import token as token_commands
from service.domain.errors import Refused
from service.domain.events import Event

R = TypeVar("R", bound=Refused)

DECIDERS: Final[Mapping[str, ModuleType]] = {
    account_commands.__name__: account,
    configuration_commands.__name__: configuration,
    confirmation_token_commands.__name__: confirmation_token,
    customer_commands.__name__: customer,
    endpoint_commands.__name__: endpoint,
    mandate_commands.__name__: mandate,
    payment_method_commands.__name__: payment_method,
    setup_intent_commands.__name__: setup_intent,
    token_commands.__name__: token,
}


@dataclass(frozen=True)
class Given:
    """The *history* of one stream."""

    history: tuple[Event, ...]

    def when(self, command: Any) -> "When":
        return When(self.history, command)


@dataclass(frozen=True)
class When:
    """A *command* is asked of the stream with *history*."""

    history: tuple[Event, ...]
    command: Any

    def events(self) -> list[Event]:
        """Return what the command leads to, having checked that it can follow."""
        decider = DECIDERS[type(self.command).__module__]
        events: list[Event] = decider.decide(self.command, decider.fold(self.history))
        decider.fold((*self.history, *events))
        return events

    def event(self) -> Any:
        """Return the only event that the command leads to."""
        (event,) = self.events()
        return event

    def then(self, *expected: Event) -> None:
        assert self.events() == list(expected)

    def then_nothing(self) -> None:
        assert self.events() == []

    def then_refused(self, reason: type[R]) -> R:
        """Return the refusal, which is a *reason* and nothing else."""
        with pytest.raises(Refused) as refused:
            self.events()
        assert type(refused.value) is reason
        assert "None" not in refused.value.message
        return refused.value


def given(*history: Event) -> Given:
    return Given(history)

"""What mypy cannot see of the domain: that its tables are whole, and its folds strict."""

from types import ModuleType
from typing import Any, get_args

import pytest

from service.domain import errors
from service.domain.announcements import ANNOUNCED_AS
from service.domain.events import Event
from service.domain.impossible import ImpossibleEvent
from service.domain.values import MandateStatus, Owner, replace
from tests import agreements as m
from tests import builders as a
from tests import configurations as p
from tests import neighbours as n
from tests import tokens as t
from tests.spec import DECIDERS

COMMANDS = [
    (decider, command)
    for module, decider in DECIDERS.items()
    for command in get_args(decider.__dict__["Command"])
]

# A history that a stream cannot have, by decider.
IMPOSSIBLE: list[tuple[str, tuple[Event, ...]]] = [
    ("setup_intent", (a.created(), a.created())),
    ("setup_intent", (a.updated(),)),
    ("setup_intent", (a.started(),)),
    ("setup_intent", (a.created(), a.started(number=2))),
    ("setup_intent", (a.created(), a.succeeded())),
    ("setup_intent", (*a.UNANSWERED, a.failed(attempt=a.SECOND_ATTEMPT))),
    ("setup_intent", (a.created(), a.verification_failed())),
    ("mandate", (m.created(), m.created())),
    ("mandate", (m.updated(MandateStatus.ACTIVE),)),
    ("payment_method", (n.method_created(), n.method_created())),
    ("payment_method", (n.method_detached(),)),
    ("customer", (n.customer_created(), n.customer_created())),
    ("customer", (n.method_added(),)),
    ("endpoint", (n.endpoint_created(), n.endpoint_created())),
    ("endpoint", (n.endpoint_deleted(),)),
    ("account", (n.account_created(), n.account_created())),
    ("account", (n.key_added(),)),
    ("configuration", (p.created(), p.created())),
    ("configuration", (p.updated(),)),
    ("token", (t.token_created(), t.token_created())),
    ("token", (t.token_used(),)),
    ("confirmation_token", (t.confirmation_created(), t.confirmation_created())),
    ("confirmation_token", (t.confirmation_used(),)),
]
# How a stream begins, by decider.
FIRST: dict[str, Event] = {
    "setup_intent": a.created(),
    "mandate": m.created(),
    "payment_method": n.method_created(),
    "customer": n.customer_created(),
    "endpoint": n.endpoint_created(),
    "account": n.account_created(),
    "configuration": p.created(),
    "token": t.token_created(),
    "confirmation_token": t.confirmation_created(),
}
DECIDER_NAMED = {module.__name__.rpartition(".")[2]: module for module in DECIDERS.values()}


@pytest.mark.parametrize(("decider", "command"), COMMANDS)
def test_every_command_says_when_it_may_run(decider: ModuleType, command: type) -> None:
    """Each command has a row in its decider's table."""
    assert command in decider.ACCEPTED_IN


@pytest.mark.parametrize("decider", DECIDERS.values())
def test_no_table_has_more_than_commands(decider: ModuleType) -> None:
    """A row without a command is left over."""
    assert set(decider.ACCEPTED_IN) == set(get_args(decider.__dict__["Command"]))


def test_every_event_is_announced_or_silent() -> None:
    """Each event is in the table of announcements."""
    assert set(ANNOUNCED_AS) == set(get_args(Event))


@pytest.mark.parametrize(("decider", "history"), IMPOSSIBLE)
def test_no_fold_takes_what_cannot_be(decider: str, history: tuple[Event, ...]) -> None:
    """A damaged stream stops its reader instead of deciding wrongly."""
    with pytest.raises(ImpossibleEvent):
        DECIDER_NAMED[decider].fold(history)


@pytest.mark.parametrize("decider", sorted(FIRST.keys() - {"account"}))
def test_every_state_knows_its_owner(decider: str) -> None:
    """Whose a stream is, its first event says, and so does what it folds to."""
    first: Any = FIRST[decider]
    state = DECIDER_NAMED[decider].fold((first,))
    assert state.owner == Owner(first.account, first.livemode)
    other = replace(first, account="acct_other", livemode=not first.livemode)
    assert DECIDER_NAMED[decider].fold((other,)).owner == Owner("acct_other", other.livemode)


@pytest.mark.parametrize("decider", DECIDER_NAMED)
def test_no_fold_takes_another_streams_event(decider: str) -> None:
    """An event of another aggregate in a stream is never passed over."""
    foreign = n.customer_created() if decider != "customer" else n.endpoint_created()
    first = FIRST[decider]
    with pytest.raises(AssertionError):
        DECIDER_NAMED[decider].fold((first, foreign))


def _all_below(reason: type[errors.Refused]) -> list[type[errors.Refused]]:
    return [one for below in reason.__subclasses__() for one in (below, *_all_below(below))]


def test_every_refusal_is_exported() -> None:
    """`service.domain.errors` names every subclass of `Refused`, and each has a docstring."""
    subclasses = {each for each in _all_below(errors.Refused) if "domain" in each.__module__}
    assert {each.__name__ for each in subclasses} | {"Refused"} == set(errors.__all__)
    assert all(each.__doc__ for each in subclasses)

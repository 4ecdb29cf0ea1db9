"""Which decider a stream belongs to: the prefix of its name says so."""

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any, Final, Protocol, cast

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
from service.domain.events import Event


class Decider(Protocol):
    """The trio that every module of an aggregate has."""

    def decide(self, command: Any, state: Any, /) -> list[Any]: ...
    def evolve(self, state: Any, event: Any, /) -> Any: ...
    def fold(self, history: Iterable[Event], /) -> Any: ...


_DECIDERS: Final[Mapping[str, ModuleType]] = {
    "seti": setup_intent,
    "pm": payment_method,
    "mandate": mandate,
    "cus": customer,
    "we": endpoint,
    "acct": account,
    "tok": token,
    "btok": token,
    "ctoken": confirmation_token,
    "pmc": configuration,
}


def is_stream(name: str) -> bool:
    """Say whether *name* could be a stream's: a known prefix and something behind it."""
    prefix, _, suffix = name.partition("_")
    return prefix in _DECIDERS and bool(suffix)


def decider_of(stream: str) -> Decider:
    """Return the decider of *stream*. Raise `KeyError` for a name that is no stream's."""
    return cast("Decider", _DECIDERS[stream.partition("_")[0]])

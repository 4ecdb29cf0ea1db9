"""
The payment method configuration's decider.

Every account has a default configuration in each mode, whether anybody has touched it or
not. Its first change begins its stream.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any, Final, assert_never, cast

from service.domain import errors
from service.domain.commands.configuration import Command, Create, Update
from service.domain.events import (
    ConfigurationCreated,
    ConfigurationEvent,
    ConfigurationUpdated,
    Event,
)
from service.domain.impossible import ImpossibleEvent
from service.domain.patches import differing
from service.domain.standing import Standing
from service.domain.values import NOBODY, JsonObject, Owner, Value, field, replace


class Configuration(Value, frozen=True, kw_only=True):
    """A payment method configuration. *preferences* are those that were said."""

    id: str = ""
    owner: Owner = NOBODY
    standing: Standing = Standing.NEW
    is_default: bool = False
    name: str = ""
    active: bool = True
    preferences: Mapping[str, str] = field(default_factory=dict)

    @property
    def attributes(self) -> JsonObject:
        """Those that an update may change."""
        return {"name": self.name, "active": self.active, "preferences": self.preferences}


# When a command may run is in this table. What it leads to is in `decide`.
ACCEPTED_IN: Final[Mapping[type[Command], frozenset[Standing]]] = {
    Create: frozenset({Standing.NEW}),
    Update: frozenset({Standing.LIVING}),
}


def decide(command: Command, configuration: Configuration) -> list[ConfigurationEvent]:
    """Return the events that *command* leads to, or raise `Refused`. Touch nothing."""
    if configuration.standing not in ACCEPTED_IN[type(command)]:
        raise _refusal(command)
    match command:
        case Create():
            return [_created(command)]
        case Update():
            return _updated(command, configuration)
        case _:
            assert_never(command)


def evolve(configuration: Configuration, event: ConfigurationEvent) -> Configuration:
    """Return *configuration* as it is after *event*; `ImpossibleEvent` where it cannot be."""
    if isinstance(event, ConfigurationCreated) is not (configuration.standing is Standing.NEW):
        raise ImpossibleEvent(event)
    match event:
        case ConfigurationCreated():
            return Configuration(
                id=event.configuration_id,
                owner=Owner(event.account, event.livemode),
                standing=Standing.LIVING,
                is_default=event.is_default,
                name=event.name,
                preferences=event.preferences,
            )
        case ConfigurationUpdated(changed=changed):
            return replace(configuration, **changed)
        case _:
            assert_never(event)


def fold(history: Iterable[Event]) -> Configuration:
    """Return what *history*, the whole stream in its order, leads to."""
    return reduce(evolve, cast("Iterable[ConfigurationEvent]", history), Configuration())


def _refusal(command: Command) -> errors.Refused:
    if isinstance(command, Create):
        return errors.ResourceExists(command.configuration_id)
    return errors.ResourceMissing(
        "payment_method_configuration", command.configuration_id, param="configuration", absent=True
    )


def _created(command: Create) -> ConfigurationCreated:
    return ConfigurationCreated(
        configuration_id=command.configuration_id,
        at=command.at,
        account=command.owner.account,
        livemode=command.owner.livemode,
        name=command.name,
        is_default=command.is_default,
        preferences=command.preferences,
    )


def _updated(command: Update, configuration: Configuration) -> list[ConfigurationEvent]:
    new: dict[str, Any] = dict(command.changes)
    if configuration.is_default and new.get("active") is False:
        raise errors.DefaultConfigurationNeeded(configuration.id)
    if "preferences" in new:
        new["preferences"] = {**configuration.preferences, **new["preferences"]}
    new = differing(configuration.attributes, new)
    if not new:
        return []
    return [ConfigurationUpdated(configuration_id=configuration.id, at=command.at, changed=new)]

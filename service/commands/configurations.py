"""
What a request on a payment method configuration leads to, and what one says of the types.

Which configurations there are is known in memory, learned from the log: a SetupIntent of an
account that never changed its default one asks for nothing. What is known may be too much
(a creation that was not written after all), never too little; the streams decide.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from service.commands.unit import Unit
from service.domain.commands import configuration as pmc
from service.domain.configuration import Configuration
from service.domain.configured_methods import BY_DEFAULT, enabled_types
from service.domain.errors import ConfigurationInactive, ResourceMissing
from service.domain.events import ConfigurationCreated
from service.domain.method_types import DEFAULT_ENABLED
from service.domain.recorded import Recorded
from service.domain.values import Owner
from service.keyring import Keyring
from service.store.protocol import EventStore

NOUN: Final = "payment_method_configuration"
_OWNERS_MAX: Final = 65536


class Configurations:
    """The payment method configurations of every account. Ids of default ones are derived."""

    def __init__(self, keyring: Keyring) -> None:
        self.default_of = lru_cache(_OWNERS_MAX)(
            lambda owner: keyring.configuration_id(owner.account, livemode=owner.livemode)
        )
        self._made: defaultdict[Owner, dict[str, None]] = defaultdict(dict)

    def learn(self, recorded: Iterable[Recorded]) -> None:
        """Take note of configurations that were made."""
        for each in recorded:
            event = each.event
            if isinstance(event, ConfigurationCreated):
                self._made[Owner(event.account, event.livemode)][each.stream] = None

    async def learn_from(self, store: EventStore) -> None:
        """Take note of every configuration that was ever made."""
        names = await store.streams("pmc_")
        first = await store.load_many([(name, 1) for name in names])
        self.learn(recorded for history in first for recorded in history)

    def of(self, owner: Owner) -> Sequence[str]:
        """Return the ids of *owner*'s configurations, newest first; the default one is oldest."""
        default = self.default_of(owner)
        others = [name for name in self._made.get(owner, ()) if name != default]
        return [*sorted(others, reverse=True), default]

    async def enabled(self, unit: Unit, name: str) -> tuple[str, ...]:
        """
        Return the types that the configuration *name* has on.

        Raise `Refused` where there is no such configuration, or it is not in use.
        """
        configuration = await self._stored(unit, name)
        if configuration is None:
            if name != self.default_of(unit.owner):
                raise ResourceMissing(NOUN, name, param=NOUN)
            return DEFAULT_ENABLED
        if not configuration.active:
            raise ConfigurationInactive(name)
        return enabled_types(configuration.preferences)

    async def enabled_before(self, unit: Unit, name: str | None) -> tuple[str, ...]:
        """Return the types of the configuration that an intent has, in use or not."""
        configuration = None if name is None else await self._stored(unit, name)
        return enabled_types(configuration.preferences) if configuration else DEFAULT_ENABLED

    async def _stored(self, unit: Unit, name: str) -> Configuration | None:
        """Return the configuration *name*, None where there is nothing in the log of it."""
        if name not in self._made.get(unit.owner, ()):
            return None
        await unit.load(name)
        configuration: Configuration | None = None
        if unit.shown(name) is not None:
            configuration = unit.state(name)
        return configuration

    async def update(self, unit: Unit, name: str, at: int, changes: Mapping[str, Any]) -> None:
        """Decide the *changes*. The default configuration begins with its first one."""
        if await self._stored(unit, name) is None:
            if name != self.default_of(unit.owner):
                raise ResourceMissing(NOUN, name, param="configuration", absent=True)
            await unit.load(name)
            unit.decide(name, default_creation(name, unit.owner, at))
        unit.decide(name, pmc.Update(configuration_id=name, at=at, changes=changes))


def default_creation(name: str, owner: Owner, at: int) -> pmc.Create:
    """Return the command that begins the default configuration *name* as it always was."""
    return pmc.Create(
        configuration_id=name,
        at=at,
        owner=owner,
        name="Default",
        is_default=True,
        preferences=BY_DEFAULT,
    )


def create(unit: Unit, command: pmc.Create) -> None:
    unit.decide(command.configuration_id, command)

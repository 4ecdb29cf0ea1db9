"""One example of each message about a payment method configuration, imported `as p`."""

from typing import Any, Final

from msgspec.structs import replace

from service.domain import events as e
from service.domain.commands import configuration as cc
from tests.builders import AT, OWNER

CONFIGURATION: Final = "pmc_000000000000000configuration"


def create(**changes: Any) -> cc.Create:
    command = cc.Create(configuration_id=CONFIGURATION, at=AT, owner=OWNER, name="Shop")
    return replace(command, **changes)


def update(**changes: Any) -> cc.Update:
    return cc.Update(configuration_id=CONFIGURATION, at=AT, changes=changes)


def created(**changes: Any) -> e.ConfigurationCreated:
    event = e.ConfigurationCreated(
        configuration_id=CONFIGURATION,
        at=AT,
        account=OWNER.account,
        livemode=OWNER.livemode,
        name="Shop",
    )
    return replace(event, **changes)


def updated(**changed: Any) -> e.ConfigurationUpdated:
    return e.ConfigurationUpdated(configuration_id=CONFIGURATION, at=AT, changed=changed)

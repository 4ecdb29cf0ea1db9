"""
The operations on payment method configurations.

The account's default one is shown from the start, though nothing is stored of it before it
is changed.
"""

from collections.abc import Sequence
from typing import Any, Final

from msgspec import UNSET

from projections.configuration import step
from projections.documents import render
from projections.paging import Cut
from service.api import listing, presenting
from service.api.call import Call
from service.api.carrying import carry_out, the_object
from service.api.listing import Listed, stretch
from service.api.problems import Problem
from service.commands import configurations
from service.commands.path import Decided, Reply
from service.commands.unit import Unit
from service.domain import configuration
from service.domain.commands import configuration as pmc
from service.domain.errors import ResourceMissing
from service.wire.expand import expansion_of
from service.wire.params import payment_method_configurations as params

KIND: Final = "payment_method_configuration"
CONFIGURATIONS_MAX: Final = 100
_UNNAMED: Final = "Unnamed configuration"


async def create(call: Call) -> Decided:
    given = call.params(params.PaymentMethodConfigurationCreateParams)
    expansion = expansion_of(KIND, given.expand)
    _check_room(call)
    command = pmc.Create(
        configuration_id=call.new_id("pmc"),
        at=call.at,
        owner=call.owner,
        name=_UNNAMED if given.name is UNSET else given.name,
        preferences=given.preferences,
    )

    async def decisions(unit: Unit) -> None:
        configurations.create(unit, command)
        call.house.configurations.learn(unit.decided)

    return await carry_out(call, decisions, the_object(call, command.configuration_id, expansion))


async def update(call: Call) -> Decided:
    given = call.params(params.PaymentMethodConfigurationUpdateParams)
    expansion = expansion_of(KIND, given.expand)
    name = call.named("configuration")
    changes: dict[str, Any] = {"preferences": given.preferences}
    for attribute in ("active", "name"):
        if (value := getattr(given, attribute)) is not UNSET:
            changes[attribute] = value

    async def decisions(unit: Unit) -> None:
        await call.house.configurations.update(unit, name, call.at, changes)
        call.house.configurations.learn(unit.decided)

    return await carry_out(call, decisions, the_object(call, name, expansion))


async def retrieve(call: Call) -> Reply:
    given = call.params(params.PaymentMethodConfigurationRetrieveParams)
    expansion = expansion_of(KIND, given.expand)
    name = call.named("configuration")
    (body,) = await _bodies(call, [name])
    if body is None:
        raise ResourceMissing(KIND, name, param="configuration", absent=True)
    return await presenting.of_body(call, body, KIND, expansion)


async def list_all(call: Call) -> Reply:
    given = call.params(params.PaymentMethodConfigurationListParams)
    names = call.house.configurations.of(call.owner)

    async def members(cut: Cut) -> list[str]:
        return stretch(names, cut)

    async def bodies(some: Sequence[str]) -> list[bytes | None]:
        return await _bodies(call, some)

    async def member_of(name: str) -> str | None:
        return name if name in names else None

    def belongs(view: dict[str, Any]) -> bool:
        is_active = given.active is UNSET or view["active"] is given.active
        application = None if given.application is UNSET else given.application or None
        return is_active and view["application"] == application

    listed = Listed(
        kind=KIND,
        noun=KIND,
        indexes=(),
        members=members,
        bodies=bodies,
        member_of=member_of,
        belongs=belongs,
    )
    return await listing.page(call, given, listed)


async def _bodies(call: Call, names: Sequence[str]) -> list[bytes | None]:
    """Return the configurations *names*: as they were made, or as the default one always was."""
    asked = [name if name.startswith("pmc_") else "" for name in names]
    found = await call.house.reader.bodies(call.owner, asked)
    default = call.house.configurations.default_of(call.owner)
    return [
        _untouched(call, name) if body is None and name == default else body
        for name, body in zip(names, found, strict=True)
    ]


def _untouched(call: Call, name: str) -> bytes:
    command = configurations.default_creation(name, call.owner, call.at)
    (event,) = configuration.decide(command, configuration.Configuration())
    return render(step({}, event))


def _check_room(call: Call) -> None:
    if len(call.house.configurations.of(call.owner)) > CONFIGURATIONS_MAX:
        raise Problem(
            400,
            f"An account may have {CONFIGURATIONS_MAX} payment method configurations in each "
            "mode, besides the default one.",
        )

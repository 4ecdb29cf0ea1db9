"""What a request on a Customer leads to."""

from collections.abc import Mapping
from typing import Any

from service.commands import mandates
from service.commands.unit import Unit
from service.domain.commands import customer as cus
from service.domain.commands import payment_method as pm
from service.domain.errors import ResourceMissing


def is_there(unit: Unit, name: str) -> bool:
    """Say whether the customer *name*, which is loaded, exists and is not deleted."""
    shown = unit.shown(name) if name.startswith("cus_") else None
    return shown is not None and not shown.view.get("deleted")


async def require_customer(
    unit: Unit, name: str, *, param: str = "customer", absent: bool = False
) -> None:
    """Load the customer *name*. Raise `ResourceMissing` where it is not there (any more)."""
    await unit.load(name)
    if not is_there(unit, name):
        raise ResourceMissing("customer", name, param=param, absent=absent)


def create(unit: Unit, command: cus.Create) -> None:
    unit.decide(command.customer_id, command)


async def update(
    unit: Unit, name: str, at: int, changes: Mapping[str, Any], *, located: bool = False
) -> None:
    await require_customer(unit, name, absent=True)
    unit.decide(name, cus.Update(customer_id=name, at=at, changes=changes, located=located))


async def delete(unit: Unit, name: str, at: int) -> None:
    """Delete the customer, and detach its payment methods and end their mandates with it."""
    await require_customer(unit, name, absent=True)
    attached = tuple(unit.state(name).payment_methods)
    await unit.load(*attached)
    for payment_method in attached:
        unit.decide(payment_method, pm.Detach(payment_method_id=payment_method, at=at))
        await mandates.end(unit, unit.state(payment_method).mandates, at)
    unit.decide(name, cus.Delete(customer_id=name, at=at))

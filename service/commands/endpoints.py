"""What a request on a webhook endpoint leads to, and what Seti itself finds of one."""

from collections.abc import Mapping
from typing import Any

from service.commands.unit import Unit
from service.domain.commands import endpoint as we
from service.domain.errors import ResourceMissing
from service.domain.recorded import Recorded


def no_such_endpoint(name: str) -> ResourceMissing:
    """Return the refusal of a path that names no endpoint (any more)."""
    return ResourceMissing("webhook endpoint", name, param="webhook_endpoint", absent=True)


async def require_endpoint(unit: Unit, name: str) -> None:
    """Load the endpoint *name*. Raise `ResourceMissing` where it is not there (any more)."""
    await unit.load(name)
    shown = unit.shown(name) if name.startswith("we_") else None
    if shown is None or shown.view.get("deleted"):
        raise no_such_endpoint(name)


def create(unit: Unit, command: we.Create) -> None:
    unit.decide(command.endpoint_id, command)


async def update(unit: Unit, name: str, at: int, changes: Mapping[str, Any]) -> None:
    await require_endpoint(unit, name)
    unit.decide(name, we.Update(endpoint_id=name, at=at, changes=changes))


async def disable(unit: Unit, command: we.Disable) -> None:
    await require_endpoint(unit, command.endpoint_id)
    unit.decide(command.endpoint_id, command)


async def roll_secret(unit: Unit, command: we.RollSecret) -> None:
    await require_endpoint(unit, command.endpoint_id)
    unit.decide(command.endpoint_id, command)


async def ping(unit: Unit, name: str, at: int) -> Recorded:
    """Have the endpoint *name* told something, and return what is recorded of it."""
    await require_endpoint(unit, name)
    unit.decide(name, we.Ping(endpoint_id=name, at=at))
    return unit.decided[-1]


async def delete(unit: Unit, name: str, at: int) -> None:
    await require_endpoint(unit, name)
    unit.decide(name, we.Delete(endpoint_id=name, at=at))

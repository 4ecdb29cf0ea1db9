"""What a request on a webhook endpoint leads to."""

from collections.abc import Mapping
from typing import Any

from service.commands.unit import Unit
from service.domain.commands import endpoint as we
from service.domain.errors import ResourceMissing


async def require_endpoint(unit: Unit, name: str) -> None:
    """Load the endpoint *name*. Raise `ResourceMissing` where it is not there (any more)."""
    await unit.load(name)
    shown = unit.shown(name) if name.startswith("we_") else None
    if shown is None or shown.view.get("deleted"):
        raise ResourceMissing("webhook endpoint", name, param="webhook_endpoint", absent=True)


def create(unit: Unit, command: we.Create) -> None:
    unit.decide(command.endpoint_id, command)


async def update(unit: Unit, name: str, at: int, changes: Mapping[str, Any]) -> None:
    await require_endpoint(unit, name)
    unit.decide(name, we.Update(endpoint_id=name, at=at, changes=changes))


async def delete(unit: Unit, name: str, at: int) -> None:
    await require_endpoint(unit, name)
    unit.decide(name, we.Delete(endpoint_id=name, at=at))

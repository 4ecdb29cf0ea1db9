"""The webhook endpoint's decider."""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any, Final, assert_never, cast

from service.domain import errors
from service.domain.commands.endpoint import Command, Create, Delete, Update
from service.domain.events import (
    EndpointCreated,
    EndpointDeleted,
    EndpointEvent,
    EndpointUpdated,
    Event,
)
from service.domain.impossible import ImpossibleEvent
from service.domain.patches import differing, merged_metadata
from service.domain.standing import Standing
from service.domain.values import NOBODY, JsonObject, Owner, Value, field, replace


class Endpoint(Value, frozen=True, kw_only=True):
    """A subscribed URL. *attributes* are those that an update may change."""

    id: str = ""
    owner: Owner = NOBODY
    standing: Standing = Standing.NEW
    attributes: JsonObject = field(default_factory=dict)


# When a command may run is in this table. What it leads to is in `decide`.
ACCEPTED_IN: Final[Mapping[type[Command], frozenset[Standing]]] = {
    Create: frozenset({Standing.NEW}),
    Update: frozenset({Standing.LIVING}),
    Delete: frozenset({Standing.LIVING}),
}


def decide(command: Command, endpoint: Endpoint) -> list[EndpointEvent]:
    """Return the events that *command* leads to, or raise `Refused`. Touch nothing."""
    if endpoint.standing not in ACCEPTED_IN[type(command)]:
        raise _refusal(command)
    match command:
        case Create():
            return [_created(command)]
        case Update():
            return _updated(command, endpoint)
        case Delete(at=at):
            return [EndpointDeleted(endpoint_id=endpoint.id, at=at)]
        case _:
            assert_never(command)


def evolve(endpoint: Endpoint, event: EndpointEvent) -> Endpoint:
    """Return *endpoint* as it is after *event*; `ImpossibleEvent` where it cannot be."""
    if isinstance(event, EndpointCreated) is not (endpoint.standing is Standing.NEW):
        raise ImpossibleEvent(event)
    match event:
        case EndpointCreated():
            return _living(event)
        case EndpointUpdated(changed=changed):
            return replace(endpoint, attributes={**endpoint.attributes, **_tuples(changed)})
        case EndpointDeleted():
            return replace(endpoint, standing=Standing.GONE)
        case _:
            assert_never(event)


def fold(history: Iterable[Event]) -> Endpoint:
    """Return what *history*, the whole stream in its order, leads to."""
    return reduce(evolve, cast("Iterable[EndpointEvent]", history), Endpoint())


def _refusal(command: Command) -> errors.Refused:
    if isinstance(command, Create):
        return errors.ResourceExists(command.endpoint_id)
    return errors.ResourceMissing(
        "webhook endpoint", command.endpoint_id, param="webhook_endpoint", absent=True
    )


def _living(event: EndpointCreated) -> Endpoint:
    return Endpoint(
        id=event.endpoint_id,
        owner=Owner(event.account, event.livemode),
        standing=Standing.LIVING,
        attributes={
            "url": event.url,
            "enabled_events": event.enabled_events,
            "description": event.description,
            "metadata": event.metadata,
            "status": "enabled",
        },
    )


def _tuples(changed: JsonObject) -> dict[str, Any]:
    """A list in JSON was a tuple when the event was made."""
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in changed.items()
    }


def _created(command: Create) -> EndpointCreated:
    return EndpointCreated(
        endpoint_id=command.endpoint_id,
        at=command.at,
        account=command.owner.account,
        livemode=command.owner.livemode,
        url=command.url,
        enabled_events=command.enabled_events,
        api_version=command.api_version,
        description=command.description,
        metadata=merged_metadata({}, command.metadata),
        connect=command.connect,
        application=command.application,
    )


def _updated(command: Update, endpoint: Endpoint) -> list[EndpointEvent]:
    new = _tuples(command.changes)
    if "metadata" in new:
        new["metadata"] = merged_metadata(endpoint.attributes["metadata"], new["metadata"])
    new = differing(endpoint.attributes, new)
    return [EndpointUpdated(endpoint_id=endpoint.id, at=command.at, changed=new)] if new else []

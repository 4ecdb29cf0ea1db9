"""The webhook endpoint's decider."""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Final, Literal, assert_never, cast

from service.domain import errors
from service.domain.commands.endpoint import (
    Command,
    Create,
    Delete,
    Disable,
    Ping,
    RollSecret,
    Update,
)
from service.domain.endpoint_state import (
    Endpoint,
    after_disabling,
    after_roll,
    after_update,
    begun,
    tuples,
)
from service.domain.events import (
    EndpointCreated,
    EndpointDeleted,
    EndpointDisabled,
    EndpointEvent,
    EndpointPinged,
    EndpointSecretRolled,
    EndpointUpdated,
    Event,
)
from service.domain.impossible import ImpossibleEvent
from service.domain.patches import differing, merged_metadata
from service.domain.signing_secrets import SECRETS_MAX, valid
from service.domain.standing import Standing
from service.domain.values import fields, replace

# When a command may run is in this table. What it leads to is in `decide`.
ACCEPTED_IN: Final[Mapping[type[Command], frozenset[Standing]]] = {
    Create: frozenset({Standing.NEW}),
    Update: frozenset({Standing.LIVING}),
    Disable: frozenset({Standing.LIVING}),
    RollSecret: frozenset({Standing.LIVING}),
    Ping: frozenset({Standing.LIVING}),
    Delete: frozenset({Standing.LIVING}),
}
_ASKED: Final = tuple(
    each.name
    for each in fields(EndpointCreated)
    if each.name not in {"account", "livemode", "metadata", "headers"}
)


def decide(command: Command, endpoint: Endpoint) -> list[EndpointEvent]:
    """Return the events that *command* leads to, or raise `Refused`. Touch nothing."""
    if endpoint.standing not in ACCEPTED_IN[type(command)]:
        raise _refusal(command)
    match command:
        case Create():
            return [_created(command)]
        case Update():
            return _updated(command, endpoint)
        case Disable():
            return _disabled(command, endpoint)
        case RollSecret():
            return [_rolled(command, endpoint)]
        case Ping():
            return [_pinged(command, endpoint)]
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
            return begun(event)
        case EndpointUpdated():
            return after_update(endpoint, event)
        case EndpointDisabled():
            return after_disabling(endpoint, event)
        case EndpointSecretRolled():
            return after_roll(endpoint, event)
        case EndpointPinged():
            return endpoint
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


def _created(command: Create) -> EndpointCreated:
    return EndpointCreated(
        **{name: getattr(command, name) for name in _ASKED},
        account=command.owner.account,
        livemode=command.owner.livemode,
        metadata=merged_metadata({}, command.metadata),
        headers=_merged_headers({}, command.headers),
    )


def _updated(command: Update, endpoint: Endpoint) -> list[EndpointEvent]:
    new = tuples(command.changes)
    if "metadata" in new:
        new["metadata"] = merged_metadata(endpoint.attributes["metadata"], new["metadata"])
    if "headers" in new:
        new["headers"] = _merged_headers(endpoint.attributes["headers"], new["headers"])
    new = differing(endpoint.attributes, new)
    return [EndpointUpdated(endpoint_id=endpoint.id, at=command.at, changed=new)] if new else []


def _merged_headers(
    old: Mapping[str, str], patch: Mapping[str, str] | Literal[""]
) -> dict[str, str]:
    """Return *old* headers with *patch* merged in; their names are the same in any case."""
    if patch == "":
        return {}
    named = {name.lower() for name in patch}
    kept = {name: value for name, value in old.items() if name.lower() not in named}
    return kept | {name: value for name, value in patch.items() if value}


def _disabled(command: Disable, endpoint: Endpoint) -> list[EndpointEvent]:
    """What is disabled stays so, and what was tried anew meanwhile is not judged by the past."""
    if endpoint.disabled is not None or command.since < endpoint.tried_from:
        return []
    return [
        EndpointDisabled(
            endpoint_id=endpoint.id, at=command.at, reason=command.reason, since=command.since
        )
    ]


def _rolled(command: RollSecret, endpoint: Endpoint) -> EndpointSecretRolled:
    event = EndpointSecretRolled(
        endpoint_id=endpoint.id,
        at=command.at,
        generation=endpoint.secrets[0].generation + 1,
        expires_at=command.expires_at,
        sealed=command.sealed,
    )
    ended_at_once = command.expires_at <= command.at
    if not ended_at_once and len(valid(endpoint.secrets, command.at)) >= SECRETS_MAX:
        raise errors.TooManySecrets(endpoint.id, SECRETS_MAX)
    return event


def _pinged(command: Ping, endpoint: Endpoint) -> EndpointPinged:
    if endpoint.disabled is not None:
        raise errors.EndpointNotEnabled(endpoint.id)
    return EndpointPinged(endpoint_id=endpoint.id, at=command.at)

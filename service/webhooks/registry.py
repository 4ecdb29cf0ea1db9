"""
Which endpoints there are, as the log has it up to the position fanned out.

The follower changes it while it reads, and the dispatcher looks into it before each attempt:
so an attempt never goes to an endpoint that was disabled or deleted by then.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from service.domain.events import EndpointCreated, EndpointDeleted, EndpointUpdated
from service.domain.recorded import Recorded
from service.domain.values import JsonObject, Owner
from service.webhooks.ledger.values import Endpoint, EndpointChange

ALL_TYPES: Final = "*"
ENDPOINT_TOPICS: Final = tuple(
    each.__name__ for each in (EndpointCreated, EndpointUpdated, EndpointDeleted)
)


class Registry:
    """The endpoints by id, and by whom they belong to."""

    def __init__(self, endpoints: Iterable[Endpoint] = ()) -> None:
        self._by_id: dict[str, Endpoint] = {}
        self._by_owner: defaultdict[Owner, dict[str, Endpoint]] = defaultdict(dict)
        self.load(endpoints)

    def __len__(self) -> int:
        return len(self._by_id)

    def load(self, endpoints: Iterable[Endpoint]) -> None:
        """Forget everything and know *endpoints*."""
        self._by_id.clear()
        self._by_owner.clear()
        for endpoint in endpoints:
            self._put(endpoint)

    def get(self, endpoint_id: str) -> Endpoint | None:
        return self._by_id.get(endpoint_id)

    def subscribed(self, owner: Owner, type_: str, position: int) -> list[Endpoint]:
        """Return *owner*'s endpoints, disabled ones too, for an event of *type_* at *position*."""
        return [
            endpoint
            for endpoint in self._by_owner.get(owner, {}).values()
            if endpoint.since < position
            and not endpoint.enabled_events.isdisjoint((type_, ALL_TYPES))
        ]

    def follow(self, recorded: Recorded) -> EndpointChange | None:
        """Take *recorded* in, and return what it changed if it is about an endpoint."""
        event = recorded.event
        match event:
            case EndpointCreated():
                self._put(_created(event, recorded.position))
            case EndpointUpdated(endpoint_id=id_, changed=changed) if id_ in self._by_id:
                self._put(_updated(self._by_id[id_], changed))
            case EndpointDeleted(endpoint_id=id_):
                self._drop(id_)
            case _:
                return None
        return EndpointChange(recorded.position, event.endpoint_id, self.get(event.endpoint_id))

    def _put(self, endpoint: Endpoint) -> None:
        self._by_id[endpoint.id] = endpoint
        self._by_owner[endpoint.owner][endpoint.id] = endpoint

    def _drop(self, endpoint_id: str) -> None:
        endpoint = self._by_id.pop(endpoint_id, None)
        if endpoint is not None:
            del self._by_owner[endpoint.owner][endpoint_id]


def _created(event: EndpointCreated, position: int) -> Endpoint:
    return Endpoint(
        id=event.endpoint_id,
        owner=Owner(event.account, event.livemode),
        url=event.url,
        enabled_events=frozenset(event.enabled_events),
        enabled=True,
        api_version=event.api_version,
        since=position,
    )


def _updated(endpoint: Endpoint, changed: JsonObject) -> Endpoint:
    values: dict[str, Any] = {}
    if "url" in changed:
        values["url"] = changed["url"]
    if "enabled_events" in changed:
        values["enabled_events"] = frozenset(changed["enabled_events"])
    if "status" in changed:
        values["enabled"] = changed["status"] == "enabled"
    return replace(endpoint, **values)

"""Whom events go to: the deliveries, and the work, that a batch of the log leads to."""

from collections.abc import Iterable, Sequence

import structlog

from service import config
from service.domain.recorded import Recorded
from service.webhooks.bodies import Bodies, News
from service.webhooks.ledger.values import Endpoint, EndpointChange, NewDelivery, State
from service.webhooks.registry import Registry, Wording
from service.webhooks.work import Work

log = structlog.get_logger()


class Plan:
    """
    Collects what a batch leads to, event by event, all of it due at *due_at* (Unix ms).

    *registry* is changed on the way: an event goes to the endpoints that there were then.
    """

    def __init__(self, registry: Registry, bodies: Bodies, due_at: int) -> None:
        self._registry = registry
        self._bodies = bodies
        self._due_at = due_at
        self.deliveries: list[NewDelivery] = []
        self.changes: list[EndpointChange] = []
        self.work: list[Work] = []

    def take_some(self, batch: Sequence[Recorded], news: Iterable[News]) -> Sequence[Recorded]:
        """Take in as much of *batch* as may be written in one go, and return that."""
        told = {each.recorded.position: each for each in news}
        for number, recorded in enumerate(batch, 1):
            self.take(recorded, told.get(recorded.position))
            if len(self.deliveries) >= config.FAN_OUT_DELIVERIES:
                return batch[:number]
        return batch

    def take(self, recorded: Recorded, news: News | None) -> None:
        """Add what *recorded* leads to; *news* is what it announces, if anything."""
        change = self._registry.follow(recorded)
        if change is not None:
            self.changes.append(change)
        if news is not None:
            self._address(news)

    def _address(self, news: News) -> None:
        told = news.recorded
        endpoints = self._registry.subscribed(news.owner, news.type, told.position, told.stream)
        subscribers = sum(endpoint.enabled for endpoint in endpoints)
        bodies: dict[Wording, bytes | None] = {}
        for endpoint in endpoints:
            new = self._delivery(news, endpoint, subscribers)
            self.deliveries.append(new)
            if not endpoint.enabled:
                continue
            wording = self._registry.wording(endpoint, news.owner, news.recorded.position)
            if wording not in bodies:
                bodies[wording] = self._rendered(news, wording, subscribers)
            self.work.append(_work(new, bodies[wording]))

    def _rendered(self, news: News, wording: Wording, subscribers: int) -> bytes | None:
        """Return the body; None where there is none now: it is rendered again when attempted."""
        try:
            return self._bodies.render(news, wording, subscribers)
        except Exception:
            # A bug of ours, and no reason to tell nobody of anything any more.
            log.exception("delivery.not_rendered", event_id=news.event_id)
        return None

    def _delivery(self, news: News, endpoint: Endpoint, subscribers: int) -> NewDelivery:
        return NewDelivery(
            event_id=news.event_id,
            endpoint_id=endpoint.id,
            position=news.recorded.position,
            type=news.type,
            state=State.OPEN if endpoint.enabled else State.PARKED,
            due_at=self._due_at,
            subscribers=subscribers,
        )


def _work(new: NewDelivery, body: bytes | None) -> Work:
    return Work(
        event_id=new.event_id,
        endpoint_id=new.endpoint_id,
        attempt=1,
        due_at=new.due_at,
        subscribers=new.subscribers,
        position=new.position,
        made_at=new.due_at,
        body=body,
    )

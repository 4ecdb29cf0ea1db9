"""From an open delivery to what came of one attempt: find out where to, sign, POST, settle."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from service.domain.schedule import Schedules
from service.domain.values import replace
from service.webhooks.attempt import Posting, attempt
from service.webhooks.bodies import Bodies
from service.webhooks.client import Client
from service.webhooks.clocks import Now
from service.webhooks.credentials import Credentials
from service.webhooks.ledger.values import LIVE, Endpoint
from service.webhooks.registry import Registry
from service.webhooks.settlement import Settled, settle
from service.webhooks.work import Key, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """
    Attempts deliveries.

    *clients* and *schedules* are by livemode. *clock* gives Unix seconds, and *now* what due
    times are in (`clocks`); *chance* gives a number from -1 to 1. *is_open* asks the ledger
    whether a delivery has still to be sent.
    """

    registry: Registry
    bodies: Bodies
    clients: Mapping[bool, Client]
    credentials: Credentials
    schedules: Schedules
    clock: Callable[[], float]
    now: Callable[[], Now]
    chance: Callable[[], float]
    is_open: Callable[[Key], Awaitable[bool]]

    def destination(self, work: Work) -> Endpoint | None:
        """Return where *work* goes, as of now; None where it is not to be attempted."""
        endpoint = self.registry.get(work.endpoint_id)
        if endpoint is None or not endpoint.enabled:
            return None
        # What was parked stays so, though the endpoint was enabled again before it was due.
        if work.origin == LIVE:
            return None if work.position < endpoint.parked_upto else endpoint
        url = self.registry.elsewhere.get(work.origin)
        # Its own headers are not for others to see.
        return endpoint if url is None else replace(endpoint, url=url, headers={})

    async def send(self, work: Work) -> Settled | None:
        """
        Attempt *work* once and say what follows.

        None says that there is nothing to attempt: the endpoint was disabled or deleted in
        the meantime, or the log does not hold the event any more.
        """
        endpoint = self.destination(work)
        if endpoint is None or not await self._is_open(work):
            return None
        body = await self._body(work, endpoint)
        if body is None:
            return None
        at = self.clock()
        posting = Posting(
            event_id=work.event_id,
            url=endpoint.url,
            body=body,
            secrets=self.credentials.secrets(endpoint, at),
            headers=self.credentials.headers(endpoint),
        )
        livemode = endpoint.owner.livemode
        outcome = await attempt(self.clients[livemode], posting, at=at)
        schedule = self.schedules[livemode]
        return settle(work, outcome, self.now(), schedule=schedule, chance=self.chance())

    async def _is_open(self, work: Work) -> bool:
        """Say whether *work* is still open, where it may have been settled by another origin."""
        if work.attempt == 1 and work.origin == LIVE:
            return True
        return await self.is_open(work.key)

    async def _body(self, work: Work, endpoint: Endpoint) -> bytes | None:
        """Return what is sent to *endpoint*; None where the log does not hold the event."""
        if work.body is not None:
            return work.body
        if work.subscribers == 1:
            return await self._rendered(work, endpoint)
        # Of one event, nothing else goes into the words.
        name = (work.event_id, endpoint.owner, endpoint.api_version, work.subscribers)
        return await self.bodies.kept.get(name, lambda: self._rendered(work, endpoint))

    async def _rendered(self, work: Work, endpoint: Endpoint) -> bytes | None:
        news = await self.bodies.again(work.event_id)
        if news is None:
            return None
        wording = self.registry.wording(endpoint, news.owner, news.recorded.position)
        return self.bodies.render(news, wording, work.subscribers)

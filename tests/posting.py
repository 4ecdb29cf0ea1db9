"""Sending to receivers in tests, with a healthy neighbour whose delivery succeeds meanwhile."""

import asyncio
from collections.abc import Callable

from service.webhooks.attempt import Posting, attempt
from service.webhooks.client import Client, Limits
from service.webhooks.outcome import Delivered, Outcome
from service.webhooks.resolver import ResolverLimits
from tests.eventually import eventually
from tests.receivers import Receiver

BODY = b'{"id":"evt_1","object":"event"}'
SECRET = "whsec_" + "a1B2" * 8
AT = 1_700_000_000

# Long enough for an honest receiver on a busy machine, short enough to wait for.
QUICK = Limits(
    connect_s=0.8,
    total_s=1.2,
    excerpt_s=0.1,
    resolver=ResolverLimits(threads=2, wait_s=0.3, miss_s=60),
)

# For receivers that answer when the test says so.
PATIENT = Limits(total_s=60)


def posting(there: Receiver | str, *, body: bytes = BODY) -> Posting:
    url = there if isinstance(there, str) else there.url
    return Posting(event_id="evt_1", url=url, body=body, secrets=[SECRET])


class Sender:
    """Posts to a receiver while the *neighbour* beside it gets a delivery of its own."""

    def __init__(self, client: Client, neighbour: Receiver) -> None:
        self.client = client
        self.neighbour = neighbour

    async def alone(self, there: Receiver | str, *, body: bytes = BODY) -> Outcome:
        return await attempt(self.client, posting(there, body=body), at=AT)

    async def post(self, there: Receiver | str, *, body: bytes = BODY) -> Outcome:
        """Return what came of posting to *there*; the neighbour's delivery has succeeded."""
        outcome, beside = await asyncio.gather(
            self.alone(there, body=body), self.alone(self.neighbour)
        )
        assert isinstance(beside, Delivered)
        return outcome

    async def post_while_neighbour_succeeds(
        self, there: Receiver | str, *, body: bytes = BODY
    ) -> Outcome:
        """As `post`, where the neighbour's delivery is over before *there* has answered."""
        pending = asyncio.ensure_future(self.alone(there, body=body))
        assert isinstance(await self.alone(self.neighbour), Delivered)
        assert not pending.done()
        return await pending

    @staticmethod
    async def eventually(condition: Callable[[], bool]) -> None:
        await eventually(condition)

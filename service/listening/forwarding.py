"""
Forwarding one event after another to a developer's own server.

They arrive in the order in which they happened. An answer that does not come in time is given
up, so that nothing waits for ever; meanwhile the server that is listened to keeps what follows.
"""

import asyncio
import time
from contextlib import AsyncExitStack
from ipaddress import ip_network
from typing import Final

from service.webhooks.attempt import Posting, attempt
from service.webhooks.client import Client, Limits
from service.webhooks.guard import Guard
from service.webhooks.outcome import Outcome
from service.webhooks.urls import check_url

# A developer's own machine and network are where this goes.
_ANYWHERE: Final = Guard((ip_network("0.0.0.0/0"), ip_network("::/0")))


def check_target(url: str) -> None:
    """Raise `ValueError`, with a sentence, where nothing can be forwarded to *url*."""
    check_url(url, _ANYWHERE, livemode=False)


class Forwarder:
    """POSTs events to *url*, signed with *secret*, as webhooks are, within the same *limits*."""

    def __init__(
        self, url: str, secret: str, *, verify: bool = True, limits: Limits | None = None
    ) -> None:
        self.url = url
        self._secret = secret
        self._limits = limits or Limits()
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self._client = self._runner.run(self._opened(verify=verify))

    async def _opened(self, *, verify: bool) -> Client:
        opened = Client.opened(_ANYWHERE, self._limits, tls=verify)
        return await self._stack.enter_async_context(opened)

    def forward(self, event_id: str, body: bytes) -> Outcome:
        """POST the event *event_id* once, and return what came of it."""
        posting = Posting(event_id=event_id, url=self.url, body=body, secrets=(self._secret,))
        return self._runner.run(attempt(self._client, posting, at=time.time()))

    def close(self) -> None:
        """Let go of the connections."""
        self._runner.run(self._stack.aclose())
        self._runner.close()

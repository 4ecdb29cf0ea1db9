"""
`seti listen`: what developers watch, and what their own server is told, while they work.

It follows the stream of events of a running server, prints each, and forwards it as a webhook
would be: the same body, signed in the same way. What it forwards to is the developer's own
choice, on the developer's own machine, so nothing is guarded there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from service.calling.client import Client
from service.calling.following import HEARTBEAT, followed
from service.listening.forwarding import Forwarder
from service.listening.showing import Screen

STREAM: Final = "/seti/v1/events/stream"
LISTENERS: Final = "/seti/v1/listeners"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What to listen for: *types*, all if there are none, told in *api_version* if one is named."""

    types: tuple[str, ...] = ()
    api_version: str | None = None


def secret_of(client: Client) -> str:
    """Return the secret that what *client* listens to is signed with, always the same."""
    return str(client.post(LISTENERS)["secret"])


def listen(
    client: Client, wish: Wish, screen: Screen, forward: Callable[[], Forwarder] | None
) -> None:
    """Show events on *screen*, and forward them, until interrupted."""
    query: dict[str, Any] = {"types": wish.types or None, "api_version": wish.api_version}
    forwarder: Forwarder | None = None
    ready = False
    try:
        for line in followed(client, STREAM, query, screen.say):
            if not ready:
                forwarder = forward() if forward else None
                screen.ready(forwarder.url if forwarder else None)
                ready = True
            if line.object != HEARTBEAT:
                body = bytes(line.event)
                event: dict[str, Any] = msgspec.json.decode(body)
                screen.event(event, body)
                if forwarder is not None:
                    screen.answer(event, forwarder.url, forwarder.forward(event["id"], body))
    finally:
        if forwarder is not None:
            forwarder.close()

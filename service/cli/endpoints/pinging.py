"""Seeing something arrive at an endpoint."""

import sys
import time
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from service.cli.calling import Server, calling
from service.cli.endpoints.answers import Id, path_of
from service.cli.options import Json, flag
from service.cli.printing import tell_json
from service.cli.spans import seconds_of

if TYPE_CHECKING:
    from service.calling.client import Client

_BETWEEN_S: Final = 0.1


@calling
def ping(
    endpoint: Id,
    *,
    wait: Annotated[str, flag("How long to wait for it to be acknowledged: 0, 5s.", "SPAN")] = "5s",
    json: Json = False,
    server: Server,
) -> None:
    """Send an endpoint a test event, print the event's id, and say whether it arrived."""
    within_s = seconds_of(wait, "--wait")
    client = server.client()
    event = client.post(f"{path_of(endpoint)}/ping")
    if not json:
        sys.stdout.write(f"{event['id']}\n")
        sys.stdout.flush()
    event = _told(client, event, within_s)
    if json:
        tell_json(event)
    if within_s and event["pending_webhooks"]:
        sys.stderr.write(
            f"seti: {endpoint} has not acknowledged it by now; "
            f"`seti endpoints show {endpoint}` tells of its last attempt.\n"
        )
        raise typer.Exit(1)


def _told(client: "Client", event: dict[str, Any], within_s: int) -> dict[str, Any]:
    """Return *event* as soon as it is acknowledged, or as it is when the time is over."""
    ends_at, pause = time.monotonic() + within_s, Event()
    while event["pending_webhooks"] and time.monotonic() < ends_at:
        pause.wait(_BETWEEN_S)
        event = client.get(f"/v1/events/{event['id']}")
    return event

"""`seti deliveries`: what became of each event at each endpoint. Of a running server."""

import sys
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import quote

import typer

from service.cli.calling import Server, calling
from service.cli.options import Json, flag
from service.cli.printing import tell_json
from service.cli.spans import created_of, number_of
from service.config import CannotStart

if TYPE_CHECKING:
    from service.calling.client import Client

app: Final = typer.Typer(
    no_args_is_help=True, help="Look at deliveries and their attempts, and send one again."
)

_PATH: Final = "/seti/v1/deliveries"
_LIMIT: Final = "100"
_EVENT: Final = "evt_"
_DELETED: Final = "canceled"

Id = Annotated[str, typer.Argument(metavar="DELIVERY", help="dlv_…")]
IdOrEvent = Annotated[
    str, typer.Argument(metavar="DELIVERY", help="dlv_…; or evt_…, to each endpoint it went to.")
]
Endpoint = Annotated[str | None, flag("Only to one endpoint: we_….", "ID")]
Event = Annotated[str | None, flag("Only of one event: evt_….", "ID")]
State = Annotated[
    str | None, flag("open, delivered, exhausted, parked, canceled, blocked.", "STATE")
]
Status = Annotated[str | None, flag("Last answered with: 503, or 5xx.", "STATUS")]
Outcome = Annotated[
    str | None, flag("What came of it last: timeout, dns, tls, status, ….", "OUTCOME")
]
Type = Annotated[str | None, flag("Only of one type: setup_intent.succeeded.", "TYPE")]
Since = Annotated[str | None, flag("Made from an instant on: RFC 3339 or Unix seconds.", "TIME")]
Until = Annotated[str | None, flag("Made before an instant.", "TIME")]
Limit = Annotated[str, flag(f"As many at most, {_LIMIT} if left out; 0 for all.", "NUMBER")]


@app.command("list")
@calling
def list_all(  # noqa: PLR0913 - each flag is a parameter to typer
    *,
    endpoint: Endpoint = None,
    event: Event = None,
    state: State = None,
    status: Status = None,
    outcome: Outcome = None,
    type: Type = None,  # noqa: A002 - the flag's name
    since: Since = None,
    until: Until = None,
    limit: Limit = _LIMIT,
    json: Json = False,
    server: Server,
) -> None:
    """List deliveries, the newest first."""
    wanted = {
        "endpoint": endpoint,
        "event": event,
        "state": state,
        "status": status,
        "outcome": outcome,
        "type": type,
        "created": created_of(since, until),
    }
    most = number_of(limit, "--limit", "how many at most, such as 20") or None
    pages = server.client().pages(_PATH, wanted)
    found = list(islice(pages, most))
    if json:
        tell_json({"object": "list", "data": found})
    else:
        from service.cli.delivery_tables import print_deliveries

        print_deliveries(found)


@app.command()
@calling
def show(delivery: Id, *, json: Json = False, server: Server) -> None:
    """Show a delivery, and every attempt that is still kept."""
    client, path = server.client(), _path_of(delivery)
    shown, attempts = client.get(path), list(client.pages(f"{path}/attempts"))
    if json:
        tell_json({**shown, "attempts": attempts})
    else:
        from service.cli.delivery_tables import print_delivery

        print_delivery(shown, attempts)


@app.command()
@calling
def resend(
    delivery: IdOrEvent, *, endpoint: Endpoint = None, json: Json = False, server: Server
) -> None:
    """Send the event of a delivery to its endpoint once more, now."""
    if endpoint is not None and not delivery.startswith(_EVENT):
        raise CannotStart("--endpoint: expected it with an event, evt_…, alone.")
    client = server.client()
    is_event = delivery.startswith(_EVENT)
    for name in _live(client, delivery, endpoint) if is_event else [delivery]:
        made = client.post(f"{_path_of(name)}/resend")
        if json:
            tell_json(made)
        else:
            sys.stdout.write(f"{made['id']}\n")


def _live(client: "Client", event: str, endpoint: str | None) -> list[str]:
    """Return the deliveries that *event* itself led to, to endpoints that are still there."""
    wanted = {"event": event, "endpoint": endpoint, "origin": "live"}
    found = [each for each in client.pages(_PATH, wanted) if each["state"] != _DELETED]
    if not found:
        sys.stderr.write(f"seti: {event} did not go to {endpoint or 'any endpoint'}.\n")
        raise typer.Exit(1)
    return [each["id"] for each in found]


def _path_of(delivery: str) -> str:
    return f"{_PATH}/{quote(delivery, safe='')}"

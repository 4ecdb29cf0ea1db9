"""`seti trigger`: what a developer types to see what an event does to an application."""

import sys
from typing import Annotated

import typer

from service.cli.calling import ApiKey, client_of
from service.cli.options import DataDir, Host, Json, Port
from service.config import CannotStart

Type = Annotated[str, typer.Argument(metavar="TYPE", help="Of what type: setup_intent.succeeded.")]


def trigger(  # noqa: PLR0913 - each flag is a parameter to typer
    type_: Type,
    *,
    json: Json = False,
    host: Host = None,
    port: Port = None,
    data_dir: DataDir = None,
    api_key: ApiKey = None,
) -> None:
    """Make an event happen, by setting up, changing or deleting what leads to it."""
    from service import triggering

    if type_ not in triggering.RECIPES:
        known = ", ".join(triggering.RECIPES)
        raise CannotStart(f"TYPE: expected one of {known}, not {type_!r}.")
    event = triggering.trigger(client_of(host, port, data_dir, api_key), type_)
    if json:
        import msgspec

        sys.stdout.write(msgspec.json.encode(event).decode() + "\n")
    else:
        sys.stdout.write(f"{event['id']}  {event['data']['object']['id']}\n")

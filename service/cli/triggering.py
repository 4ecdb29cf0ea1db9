"""`seti trigger`: what a developer types to see what an event does to an application."""

import sys
from typing import Annotated

import typer

from service.cli.calling import Server, calling
from service.cli.options import Json
from service.cli.printing import tell_json
from service.config import CannotStart

Type = Annotated[str, typer.Argument(metavar="TYPE", help="Of what type: setup_intent.succeeded.")]


@calling
def trigger(type_: Type, *, json: Json = False, server: Server) -> None:
    """Make an event happen, by setting up, changing or deleting what leads to it."""
    from service import triggering

    if type_ not in triggering.RECIPES:
        known = ", ".join(triggering.RECIPES)
        raise CannotStart(f"TYPE: expected one of {known}, not {type_!r}.")
    event = triggering.trigger(server.client(), type_)
    if json:
        tell_json(event)
    else:
        sys.stdout.write(f"{event['id']}  {event['data']['object']['id']}\n")

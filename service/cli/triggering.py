"""`seti trigger`: what a developer types to see what an event does to an application."""

import sys
from typing import Annotated

import typer

from service.cli.calling import Server, calling
from service.cli.options import Json, flag
from service.cli.printing import tell_json
from service.config import CannotStart

Type = Annotated[str, typer.Argument(metavar="TYPE", help="Of what type: setup_intent.succeeded.")]
Override = Annotated[
    list[str] | None,
    flag("A parameter to send: customer:name=Ann; repeatable.", "OBJECT:NAME=VALUE"),
]
Remove = Annotated[
    list[str] | None,
    flag("One not to send: customer:email; repeatable.", "OBJECT:NAME"),
]


@calling
def trigger(
    type_: Type,
    *,
    override: Override = None,
    remove: Remove = None,
    json: Json = False,
    server: Server,
) -> None:
    """Make an event happen, by setting up, changing or deleting what leads to it."""
    from service import triggering

    if type_ not in triggering.RECIPES:
        known = ", ".join(triggering.RECIPES)
        raise CannotStart(f"TYPE: expected one of {known}, not {type_!r}.")
    choices = triggering.Choices(override or (), remove or ())
    try:
        event = triggering.trigger(server.client(), type_, choices)
    except triggering.BadChoice as reason:
        raise CannotStart(str(reason)) from reason
    except triggering.DidNotHappen as reason:
        sys.stderr.write(f"seti: {reason}\n")
        raise typer.Exit(1) from None
    if json:
        tell_json(event)
    else:
        sys.stdout.write(f"{event['id']}  {event['data']['object']['id']}\n")

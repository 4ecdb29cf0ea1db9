"""`seti replay`: what happened, once more."""

from typing import Final

import typer

from service.cli.replay.events import events

app: Final = typer.Typer(no_args_is_help=True, help="Read again what happened.")
app.command()(events)


@app.callback()
def group() -> None:
    """Read again what happened."""

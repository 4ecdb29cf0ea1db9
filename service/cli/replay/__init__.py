"""`seti replay`: what happened, once more: read, or sent again to those who missed it."""

from typing import Final

import typer

from service.cli.replay import jobs
from service.cli.replay.events import events

app: Final = typer.Typer(no_args_is_help=True, help="Read again what happened, or send it again.")
app.command()(events)
app.command("list")(jobs.list_all)
for command in (jobs.start, jobs.show, jobs.pause, jobs.resume, jobs.cancel):
    app.command()(command)


@app.callback()
def group() -> None:
    """Read again what happened, or send it again."""

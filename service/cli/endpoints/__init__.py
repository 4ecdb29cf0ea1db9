"""`seti endpoints`: who is told of what happens, and how they fare. Of a running server."""

from typing import Final

import typer

from service.cli.endpoints.changing import create, update
from service.cli.endpoints.looking import list_all, show
from service.cli.endpoints.pinging import ping
from service.cli.endpoints.turning import delete, disable, enable, roll

app: Final = typer.Typer(
    no_args_is_help=True, help="Subscribe URLs, look at how they fare, roll their secrets."
)
app.command("list")(list_all)
for command in (show, create, update, enable, disable, delete, roll, ping):
    app.command()(command)

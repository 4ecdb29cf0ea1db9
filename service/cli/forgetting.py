"""`seti forget`: a customer, deleted and forgotten for good."""

import sys
from typing import Annotated, Final
from urllib.parse import quote

import typer

from service.cli.calling import ApiKey, client_of
from service.cli.endpoints.answers import tell_json
from service.cli.options import DataDir, Host, Json, Port
from service.config import CannotStart

# Many thousand objects take minutes. Whoever does not wait for the end asks once more.
_ANSWER_WITHIN_S: Final = 900.0


def forget(  # noqa: PLR0913 - each flag is a parameter to typer
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help="cus_…")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether to.")] = False,
    json: Json = False,
    host: Host = None,
    port: Port = None,
    data_dir: DataDir = None,
    api_key: ApiKey = None,
) -> None:
    """Delete a customer, and destroy for good all that is personal in what was theirs."""
    client = client_of(host, port, data_dir, api_key)
    if not yes:
        _confirm(customer)
    path = f"/seti/v1/customers/{quote(customer, safe='')}/forget"
    left = client.post(path, within_s=_ANSWER_WITHIN_S)
    if json:
        tell_json(left)
    else:
        objects = "object" if left["forgotten"] == 1 else "objects"
        sys.stdout.write(f"{left['id']} is forgotten, in {left['forgotten']} {objects}.\n")


def _confirm(customer: str) -> None:
    if not sys.stdin.isatty():
        raise CannotStart("--yes: expected it, where nobody can be asked.")
    typer.confirm(f"Forget {customer} for good? Nobody can undo this.", abort=True, err=True)

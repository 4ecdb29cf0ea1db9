"""`seti forget`: a customer, deleted and forgotten for good."""

import sys
from typing import Annotated, Final
from urllib.parse import quote

import typer

from service.cli.calling import Server, calling
from service.cli.options import Json
from service.cli.printing import tell_json
from service.config import CannotStart

# Many thousand objects take minutes. Whoever does not wait for the end asks once more.
_ANSWER_WITHIN_S: Final = 900.0


@calling
def forget(
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help="cus_…")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether to.")] = False,
    json: Json = False,
    server: Server,
) -> None:
    """Delete a customer, and destroy for good all that is personal in what was theirs."""
    client = server.client()
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

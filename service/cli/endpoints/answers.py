"""Where endpoints are found, and how what is answered of one is printed."""

from collections.abc import Mapping
from typing import Annotated, Any, Final
from urllib.parse import quote

import typer

from service.cli.printing import tell_json

PATH: Final = "/seti/v1/webhook_endpoints"

Id = Annotated[str, typer.Argument(metavar="ENDPOINT", help="we_…")]


def path_of(endpoint: str) -> str:
    """Return where the endpoint is found that was typed."""
    return f"{PATH}/{quote(endpoint, safe='')}"


def tell(endpoint: Mapping[str, Any], *, json: bool) -> None:
    """Print an endpoint, and its signing secret where it has just been made."""
    if json:
        tell_json(endpoint)
        return
    from service.cli.endpoints import tables

    if "secret" in endpoint:
        tables.print_with_secret(endpoint)
    else:
        tables.print_endpoint(endpoint)

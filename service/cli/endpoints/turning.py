"""Turning endpoints on and off, for a while or for good, and their secrets over."""

import sys
from typing import Annotated, Final

import typer

from service.cli.calling import Server, calling
from service.cli.endpoints.answers import Id, path_of, tell
from service.cli.options import Json, flag
from service.cli.printing import tell_json
from service.cli.spans import seconds_of
from service.domain.signing_secrets import OVERLAP_MAX_S

_SECRET_LENGTH_MAX: Final = 1000
_OVERLAP_HOURS_MAX: Final = OVERLAP_MAX_S // 3600


@calling
def enable(endpoint: Id, *, json: Json = False, server: Server) -> None:
    """Tell an endpoint of what happens again; what happened meanwhile stays parked."""
    client = server.client()
    tell(client.post(path_of(endpoint), {"disabled": False}), json=json)


@calling
def disable(endpoint: Id, *, json: Json = False, server: Server) -> None:
    """Tell an endpoint nothing more for now, and park what happens."""
    client = server.client()
    tell(client.post(path_of(endpoint), {"disabled": True}), json=json)


@calling
def delete(endpoint: Id, *, json: Json = False, server: Server) -> None:
    """Unsubscribe an endpoint for good, and cancel what waits for it."""
    left = server.client().delete(path_of(endpoint).removeprefix("/seti"))
    if json:
        tell_json(left)
    else:
        sys.stdout.write(f"{left['id']} is deleted.\n")


@calling
def roll(
    endpoint: Id,
    *,
    expires: Annotated[str, flag("How long the old one signs on: 0, 30m, 24h.", "SPAN")] = "24h",
    secret_stdin: Annotated[
        bool, typer.Option("--secret-stdin", help="Read the new secret, whsec_…, from stdin.")
    ] = False,
    json: Json = False,
    server: Server,
) -> None:
    """Make a new signing secret, and print it: this once."""
    form = {
        "expires_in": seconds_of(expires, hours_max=_OVERLAP_HOURS_MAX),
        "secret": sys.stdin.readline(_SECRET_LENGTH_MAX).strip() if secret_stdin else None,
    }
    rolled = server.client().post(f"{path_of(endpoint)}/roll_secret", form)
    tell(rolled, json=json)

"""Turning endpoints on and off, for a while or for good, and their secrets over."""

import sys
from typing import Annotated, Final

import typer

from service.cli.calling import ApiKey, client_of
from service.cli.endpoints.answers import Id, path_of, tell, tell_json
from service.cli.options import DataDir, Host, Json, Port, flag
from service.cli.spans import seconds_of

_SECRET_LENGTH_MAX: Final = 1000


def enable(  # noqa: PLR0913 - each flag is a parameter to typer
    endpoint: Id,
    *,
    json: Json = False,
    host: Host = None,
    port: Port = None,
    data_dir: DataDir = None,
    api_key: ApiKey = None,
) -> None:
    """Tell an endpoint of what happens again; what happened meanwhile stays parked."""
    client = client_of(host, port, data_dir, api_key)
    tell(client.post(path_of(endpoint), {"disabled": False}), json=json)


def disable(  # noqa: PLR0913 - each flag is a parameter to typer
    endpoint: Id,
    *,
    json: Json = False,
    host: Host = None,
    port: Port = None,
    data_dir: DataDir = None,
    api_key: ApiKey = None,
) -> None:
    """Tell an endpoint nothing more for now, and park what happens."""
    client = client_of(host, port, data_dir, api_key)
    tell(client.post(path_of(endpoint), {"disabled": True}), json=json)


def delete(  # noqa: PLR0913 - each flag is a parameter to typer
    endpoint: Id,
    *,
    json: Json = False,
    host: Host = None,
    port: Port = None,
    data_dir: DataDir = None,
    api_key: ApiKey = None,
) -> None:
    """Unsubscribe an endpoint for good, and cancel what waits for it."""
    left = client_of(host, port, data_dir, api_key).delete(path_of(endpoint).removeprefix("/seti"))
    if json:
        tell_json(left)
    else:
        sys.stdout.write(f"{left['id']} is deleted.\n")


def roll(  # noqa: PLR0913 - each flag is a parameter to typer
    endpoint: Id,
    *,
    expires: Annotated[str, flag("How long the old one signs on: 0, 30m, 24h.", "SPAN")] = "24h",
    secret_stdin: Annotated[
        bool, typer.Option("--secret-stdin", help="Read the new secret, whsec_…, from stdin.")
    ] = False,
    json: Json = False,
    host: Host = None,
    port: Port = None,
    data_dir: DataDir = None,
    api_key: ApiKey = None,
) -> None:
    """Make a new signing secret, and print it: this once."""
    form = {
        "expires_in": seconds_of(expires),
        "secret": sys.stdin.readline(_SECRET_LENGTH_MAX).strip() if secret_stdin else None,
    }
    rolled = client_of(host, port, data_dir, api_key).post(f"{path_of(endpoint)}/roll_secret", form)
    tell(rolled, json=json)

"""Looking at endpoints."""

from service.cli.calling import ApiKey, client_of
from service.cli.endpoints.answers import PATH, Id, path_of, tell, tell_json
from service.cli.options import DataDir, Host, Json, Port


def list_all(
    *,
    json: Json = False,
    host: Host = None,
    port: Port = None,
    data_dir: DataDir = None,
    api_key: ApiKey = None,
) -> None:
    """List endpoints, the newest first, and how they fare."""
    found = list(client_of(host, port, data_dir, api_key).pages(PATH))
    if json:
        tell_json({"object": "list", "data": found})
    else:
        from service.cli.endpoints.tables import print_endpoints

        print_endpoints(found)


def show(  # noqa: PLR0913 - each flag is a parameter to typer
    endpoint: Id,
    *,
    json: Json = False,
    host: Host = None,
    port: Port = None,
    data_dir: DataDir = None,
    api_key: ApiKey = None,
) -> None:
    """Show all that there is to an endpoint."""
    tell(client_of(host, port, data_dir, api_key).get(path_of(endpoint)), json=json)

"""Looking at endpoints."""

from service.cli.calling import Server, calling
from service.cli.endpoints.answers import PATH, Id, path_of, tell
from service.cli.options import Json
from service.cli.printing import tell_json


@calling
def list_all(*, json: Json = False, server: Server) -> None:
    """List endpoints, the newest first, and how they fare."""
    found = list(server.client().pages(PATH))
    if json:
        tell_json({"object": "list", "data": found})
    else:
        from service.cli.endpoints.tables import print_endpoints

        print_endpoints(found)


@calling
def show(endpoint: Id, *, json: Json = False, server: Server) -> None:
    """Show all that there is to an endpoint."""
    tell(server.client().get(path_of(endpoint)), json=json)

"""Making endpoints and changing them."""

from service.cli.calling import Server, calling
from service.cli.endpoints import forms
from service.cli.endpoints.answers import PATH, Id, path_of, tell
from service.cli.options import Json


@calling
def create(  # noqa: PLR0913 - each flag is a parameter to typer
    url: forms.Url,
    *,
    events: forms.Events = None,
    description: forms.Description = None,
    header: forms.Header = None,
    ordered: forms.Ordered = None,
    connect: forms.Connect = False,
    api_version: forms.Version = None,
    json: Json = False,
    server: Server,
) -> None:
    """Subscribe a URL, and print its signing secret: this once."""
    form = {
        "url": url,
        "enabled_events": forms.types_of(events or ["*"]),
        "description": description,
        "headers": forms.headers_of(header or []) or None,
        "ordered": ordered,
        "connect": connect or None,
        "api_version": api_version,
    }
    tell(server.client().post(PATH, form), json=json)


@calling
def update(  # noqa: PLR0913 - each flag is a parameter to typer
    endpoint: Id,
    *,
    url: forms.NewUrl = None,
    events: forms.Events = None,
    description: forms.Description = None,
    header: forms.Header = None,
    remove_header: forms.RemoveHeader = None,
    ordered: forms.Ordered = None,
    json: Json = False,
    server: Server,
) -> None:
    """Change what is named; all else stays as it is."""
    headers = forms.headers_of(header or []) | dict.fromkeys(remove_header or [], "")
    form = {
        "url": url,
        "enabled_events": forms.types_of(events) if events else None,
        "description": description,
        "headers": headers or None,
        "ordered": ordered,
    }
    tell(server.client().post(path_of(endpoint), form), json=json)

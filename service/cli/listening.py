"""`seti listen`: events as they happen, printed, and forwarded to a server under development."""

import sys
from typing import Annotated

import typer

from service.cli.calling import Server, calling
from service.cli.options import flag
from service.config import CannotStart

Target = Annotated[str | None, flag("Where to forward each event to, signed.", "URL")]
Types = Annotated[str | None, flag("Only these: setup_intent.*,customer.created.", "TYPE,…")]
Printed = Annotated[bool, typer.Option("--print-json", help="Print events whole, one a line.")]
Secret = Annotated[bool, typer.Option("--print-secret", help="Print what signs, and end.")]
Unverified = Annotated[bool, typer.Option("--skip-verify", help="Take any TLS certificate.")]
Latest = Annotated[bool, typer.Option("--latest", help="In the newest version of the API.")]
Version = Annotated[str | None, flag("In this version of the API.", "VERSION")]


@calling
def listen(  # noqa: PLR0913 - each flag is a parameter to typer
    *,
    forward_to: Target = None,
    events: Types = None,
    print_json: Printed = False,
    print_secret: Secret = False,
    skip_verify: Unverified = False,
    latest: Latest = False,
    api_version: Version = None,
    server: Server,
) -> None:
    """Print events as they happen, and forward them, signed, to a server of your own."""
    from service import listening
    from service.listening.forwarding import Forwarder
    from service.listening.showing import Screen

    _check_target(forward_to)
    wish = listening.Wish(types=_types(events), api_version=_version(api_version, latest=latest))
    client = server.client()
    secret = listening.secret_of(client)
    if print_secret:
        sys.stdout.write(f"{secret}\n")
        return

    def forward() -> Forwarder:
        return Forwarder(forward_to or "", secret, verify=not skip_verify)

    screen = Screen(json=print_json, secret=secret)
    try:
        listening.listen(client, wish, screen, forward if forward_to else None)
    except KeyboardInterrupt:
        raise typer.Exit from None


def _check_target(url: str | None) -> None:
    from service.listening.forwarding import check_target

    try:
        if url is not None:
            check_target(url)
    except ValueError as reason:
        raise CannotStart(f"--forward-to: {str(reason).rstrip('.')}.") from None


def _types(text: str | None) -> tuple[str, ...]:
    from service.wire.event_types import is_known

    types = tuple(one.strip() for one in text.split(",")) if text is not None else ()
    for one in types:
        if not is_known(one):
            raise CannotStart(f"--events: there are no events of type {one!r}.")
    return types


def _version(named: str | None, *, latest: bool) -> str | None:
    from service.wire.versions import DEFAULT_VERSION

    if latest and named is not None:
        raise CannotStart("--latest, --api-version: expected one of them.")
    return str(DEFAULT_VERSION) if latest else named

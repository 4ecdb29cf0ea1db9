"""`seti replay start` and its likes: jobs that send a part of the log again."""

import sys
import time
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import quote

import typer

from service.cli.calling import Server, calling
from service.cli.options import Json, flag
from service.cli.printing import tell_json
from service.cli.spans import created_of, instant_of

if TYPE_CHECKING:
    from service.calling.client import Client

_PATH: Final = "/seti/v1/replays"
_LOOK_S: Final = 0.3

Id = Annotated[str, typer.Argument(metavar="REPLAY", help="rpl_…")]
To = Annotated[str, typer.Argument(metavar="ENDPOINT", help="we_…")]
Since = Annotated[str, flag("What happened from then on: RFC 3339 or Unix seconds.", "TIME")]
Until = Annotated[str | None, flag("What happened before then; now, if left out.", "TIME")]
States = Annotated[list[str], flag("failed, parked, never_attempted or all; repeatable.", "WHICH")]
Types = Annotated[list[str] | None, flag("Only this: setup_intent.*; repeatable.", "TYPE")]
Url = Annotated[str | None, flag("Send it there instead, signed as the endpoint's.", "URL")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Count, and send nothing.")]
Endpoint = Annotated[str | None, flag("Only to one endpoint: we_….", "ID")]
Status = Annotated[str | None, flag("running, paused, completed, canceled.", "STATUS")]
From = Annotated[str | None, flag("Started from an instant on: RFC 3339 or Unix seconds.", "TIME")]
Before = Annotated[str | None, flag("Started before an instant.", "TIME")]
Wait = Annotated[bool, typer.Option("--wait", help="Show how far it is until it has ended.")]


@calling
def start(  # noqa: PLR0913 - each flag is a parameter to typer
    endpoint: To,
    *,
    since: Since,
    until: Until = None,
    state: States,
    type: Types = None,  # noqa: A002 - the flag's name
    url: Url = None,
    dry_run: DryRun = False,
    wait: Wait = False,
    json: Json = False,
    server: Server,
) -> None:
    """Send what happened in a stretch of time to an endpoint again."""
    form = {
        "endpoint": endpoint,
        "since": instant_of(since, "--since"),
        "until": None if until is None else instant_of(until, "--until"),
        "states": state,
        "types": type,
        "url": url,
        "dry_run": dry_run,
    }
    client = server.client()
    replay = client.post(_PATH, form)
    if wait or dry_run:
        replay = _waited(client, replay)
    _tell([replay], json=json)


@calling
def list_all(  # noqa: PLR0913 - each flag is a parameter to typer
    *,
    endpoint: Endpoint = None,
    status: Status = None,
    since: From = None,
    until: Before = None,
    json: Json = False,
    server: Server,
) -> None:
    """List replays, the newest first."""
    wanted = {"endpoint": endpoint, "status": status, "created": created_of(since, until)}
    found = list(server.client().pages(_PATH, wanted))
    if json:
        tell_json({"object": "list", "data": found})
    else:
        _tell(found, json=False)


@calling
def show(replay: Id, *, wait: Wait = False, json: Json = False, server: Server) -> None:
    """Show how far a replay is."""
    client = server.client()
    shown = client.get(_path_of(replay))
    _tell([_waited(client, shown) if wait else shown], json=json)


@calling
def pause(replay: Id, *, json: Json = False, server: Server) -> None:
    """Send nothing more of a replay for now."""
    client = server.client()
    _tell([client.post(f"{_path_of(replay)}/pause")], json=json)


@calling
def resume(replay: Id, *, json: Json = False, server: Server) -> None:
    """Go on with a replay that is paused."""
    client = server.client()
    _tell([client.post(f"{_path_of(replay)}/resume")], json=json)


@calling
def cancel(replay: Id, *, json: Json = False, server: Server) -> None:
    """Send nothing more of a replay, for good."""
    client = server.client()
    _tell([client.post(f"{_path_of(replay)}/cancel")], json=json)


def _path_of(replay: str) -> str:
    return f"{_PATH}/{quote(replay, safe='')}"


def _waited(client: "Client", replay: dict[str, Any]) -> dict[str, Any]:
    """
    Return *replay* once it no longer runs, showing how far it is meanwhile.

    It is the server's: who waits for it no longer leaves it going on.
    """
    from service.cli.delivery_tables import how_far
    from service.console import progress

    try:
        with progress("Replaying", "percent") as report:
            while replay["status"] == "running":
                report(int(100 * how_far(replay)), 100)
                time.sleep(_LOOK_S)  # noqa: TID251 - a person waits with it, as long as it takes
                replay = client.get(_path_of(replay["id"]))
            report(int(100 * how_far(replay)), 100)
    except KeyboardInterrupt:
        sys.stderr.write(
            f"seti: {replay['id']} goes on; `seti replay show {replay['id']} --wait` shows how far "
            f"it is, and `seti replay cancel {replay['id']}` ends it.\n"
        )
        raise typer.Exit(130) from None
    return replay


def _tell(replays: list[dict[str, Any]], *, json: bool) -> None:
    if json:
        tell_json(replays[0])
        return
    from service.cli.delivery_tables import print_replays

    print_replays(replays)

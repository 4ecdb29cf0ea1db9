"""`seti replay events`: the log, whole or a part of it, as lines."""

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from service.cli.calling import Server, calling
from service.cli.options import flag
from service.cli.spans import created_of, position_of

if TYPE_CHECKING:
    from service.calling.client import Client
    from service.calling.following import Line

_LOG: Final = "/seti/v1/log"

Position = Annotated[str | None, flag("Only what comes after this place in the log.", "POSITION")]
Until = Annotated[str | None, flag("Nothing past this place in the log.", "POSITION")]
Since = Annotated[str | None, flag("From an instant on: RFC 3339 or Unix seconds.", "TIME")]
Before = Annotated[str | None, flag("Up to an instant, and without it.", "TIME")]
Types = Annotated[list[str] | None, flag("Only this: SetupIntentSucceeded, …; repeatable.", "NAME")]
Object = Annotated[str | None, flag("Only what happened to one object: seti_….", "ID")]
Follow = Annotated[bool, typer.Option("--follow", help="Go on with what happens from now on.")]
Lines = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]


@calling
def events(  # noqa: PLR0913 - each flag is a parameter to typer
    *,
    after: Position = None,
    until: Until = None,
    since: Since = None,
    before: Before = None,
    type: Types = None,  # noqa: A002 - the flag's name
    object: Object = None,  # noqa: A002 - the flag's name
    follow: Follow = False,
    json: Lines = False,
    server: Server,
) -> None:
    """Print the log of a running server: every event, who asked for it, and when."""
    query = {
        "after": None if after is None else position_of(after, "--after"),
        "until": None if until is None else position_of(until, "--until"),
        "created": created_of(since, before, "--before"),
        "topics": type,
        "object": object,
        "follow": follow,
    }
    client = server.client()
    write = _writing(json=json or not sys.stdout.isatty())
    try:
        for line in _lines(client, query):
            write(line)
    except KeyboardInterrupt:
        raise typer.Exit from None


def _lines(client: "Client", query: dict[str, Any]) -> Iterator["Line"]:
    from service.calling.following import HEARTBEAT, followed, read

    given = followed(client, _LOG, query, _say) if query["follow"] else read(client, _LOG, query)
    return (line for line in given if line.object != HEARTBEAT)


def _say(sentence: str) -> None:
    sys.stderr.write(f"seti: {sentence}\n")


def _writing(*, json: bool) -> Callable[["Line"], None]:
    """Return what writes a line: as it came, or as a row for people."""
    if json:
        return _write_text
    from service.cli.replay.rows import Rows

    return Rows()


def _write_text(line: "Line") -> None:
    sys.stdout.write(line.text.decode() + "\n")
    sys.stdout.flush()

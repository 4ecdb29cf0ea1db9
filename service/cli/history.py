"""`seti history`: what happened to an object, who heard of it, and what it was then."""

import sys
import time
from typing import Annotated

import typer

from service.cli.options import DatabaseUrl, DataDir, Json, flag, settings_of
from service.config import CannotStart
from service.domain.moments import Moment, Version, moment_of

At = Annotated[
    str | None, flag("As of a moment: RFC 3339, Unix seconds, or a version, v7.", "MOMENT")
]


def history(
    object_id: Annotated[str, typer.Argument(metavar="ID", help="seti_…, pm_…, cus_…, we_…")],
    *,
    at: At = None,
    json: Json = False,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Print what happened to an object and who heard of it, and the object as of then."""
    if not object_id.isprintable():
        raise CannotStart("ID: expected the id of an object, such as seti_….")
    moment = None if at is None else _moment(at)
    settings = settings_of(data_dir, database_url)
    from service import runtime
    from service.cli import history_lines

    found = runtime.history(settings, object_id, moment)
    if not found.entries:
        sys.stderr.write(f"seti: nothing happened to {object_id}{' by then' if at else ''}.\n")
        raise typer.Exit(1)
    last = found.entries[-1].recorded.version
    if isinstance(moment, Version) and moment.version > last:
        raise CannotStart(f"--at: there is no v{moment.version} of {object_id}, of v1 to v{last}.")
    if json:
        history_lines.print_json(found)
    else:
        history_lines.print_lines(found)


def _moment(text: str) -> Moment:
    try:
        return moment_of(text, time.time())
    except ValueError as reason:
        raise CannotStart(f"--at: {text!r} {reason}") from None

"""`seti verify`, `seti export` and `seti seal-key`: that nobody has touched the history."""

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from service.cli.options import DatabaseUrl, DataDir, Json, flag, settings_of
from service.cli.spans import instant_of, position_of
from service.config import CannotStart

# Of so many digits and more a number is an instant, and a position with fewer.
_INSTANT_DIGITS: Final = 10

File = Annotated[
    Path | None, typer.Argument(metavar="FILE", help="An export; without it, the log itself.")
]
Keys = Annotated[
    list[Path] | None, flag("A public key that seals may be signed with; repeatable.", "FILE")
]
Against = Annotated[
    list[Path] | None, flag("Seals, or a service's output, kept elsewhere; repeatable.", "FILE")
]


def verify(  # noqa: PLR0913 - each flag is a parameter to typer
    file: File = None,
    *,
    from_: Annotated[
        int, typer.Option("--from", min=0, metavar="POSITION", help="Begin at the seal before it.")
    ] = 0,
    public_key: Keys = None,
    against: Against = None,
    json: Json = False,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Compare the log, or an export of it, with its seals; name what was changed first."""
    if file is not None and (from_ or against):
        raise CannotStart("--from, --against: expected them without a file.")
    settings = settings_of(data_dir, database_url)
    from service import console, runtime
    from service.cli import findings

    audit = runtime.Audit(from_, public_key or (), against or ())
    if file is not None:
        verified = runtime.verify_file(settings, file, audit)
    else:
        with console.progress("Verifying") as progress:
            verified = runtime.verify(settings, audit, progress)
    findings.print_verified(verified, json=json)
    raise typer.Exit(1 if verified.findings else 0)


def export(
    *,
    since: Annotated[str | None, flag("A position, or an instant; from here.", "PLACE")] = None,
    until: Annotated[str | None, flag("A position, or an instant; to here.", "PLACE")] = None,
    output: Annotated[Path | None, flag("Where to; stdout if left out.", "FILE")] = None,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Write events and seals as lines of JSON, from seal to seal, for `seti verify FILE`."""
    settings = settings_of(data_dir, database_url)
    from service import runtime
    from service.new_files import new_file

    places = (_place("--since", since), _place("--until", until))
    first, last = (runtime.Place(position, at) for position, at in places)
    if output is None:
        runtime.export_log(settings, first, last, sys.stdout.buffer.write)
        sys.stdout.flush()
        return
    try:
        with new_file(output) as out:
            events = runtime.export_log(settings, first, last, out.write)
    except OSError as error:
        raise CannotStart(f"{output} cannot be written: {error.strerror}.") from error
    sys.stderr.write(f"{events} events written to {output}.\n")


def seal_key(file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")]) -> None:
    """Make a key that seals are signed with, and its public key beside it, in FILE.pub."""
    from service import runtime

    public, name = runtime.make_seal_key(file)
    sys.stdout.write(f"SETI_SEAL_KEY={file}\n")
    sys.stderr.write(f"seti: the key is {name}; keep {public} where this machine cannot write.\n")


def _place(option: str, text: str | None) -> tuple[int | None, int | None]:
    """Read a position, or an instant; return the one or the other."""
    if text is None:
        return None, None
    if text.isdigit() and len(text) < _INSTANT_DIGITS:
        return position_of(text, option), None
    return None, instant_of(text, option)

"""`seti backup` and `seti restore`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from service.cli.options import DatabaseUrl, DataDir, settings_of

_WITHOUT_KEY = "seti: the master key is not in it, and nothing opens without: keep it elsewhere.\n"
_WITH_KEY = "seti: the master key is in it. Whoever has the backup has every secret: guard it.\n"

Directory = Annotated[Path, typer.Argument(metavar="DIR", help="Where the backup is.")]


def backup(
    directory: Directory,
    *,
    with_master_key: Annotated[
        bool, typer.Option("--with-master-key", help="Put the master key in, too.")
    ] = False,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Copy the log and the deliveries to a new directory, also while Seti serves."""
    settings = settings_of(data_dir, database_url)
    from service import console, runtime

    with console.progress("Copying", "pages") as progress:
        made = runtime.backup(settings, directory, progress, with_master_key=with_master_key)
    sys.stdout.write(f"{directory} holds log {made.log_id} up to position {made.position}.\n")
    sys.stderr.write(_WITH_KEY if made.with_master_key else _WITHOUT_KEY)


def restore(
    directory: Directory, *, data_dir: DataDir = None, database_url: DatabaseUrl = None
) -> None:
    """Bring a backup back to an empty data directory."""
    settings = settings_of(data_dir, database_url)
    from service import console, runtime

    with console.progress("Checking", "files") as progress:
        made = runtime.restore(settings, directory, progress)
    sys.stdout.write(
        f"{settings.data_dir} holds log {made.log_id} up to position {made.position}.\n"
    )
    if not (settings.master_key or (settings.data_dir / "master.key").exists()):
        sys.stderr.write(
            f"seti: put the master key there before Seti starts: as {settings.data_dir}/master.key,"
            " or in SETI_MASTER_KEY.\n"
        )

"""Files that are on the disk, whole and for their owner alone, before anybody relies on them."""

import os
import shutil
from pathlib import Path
from typing import Final

_OTHERS: Final = 0o077


def for_owner_alone() -> None:
    """
    Have whatever this process and its children write from now on be for its owner alone.

    Log, ledger and snapshots tell of people, and where they are may be open to others.
    """
    os.umask(_OTHERS)


def have_on_disk(path: Path) -> None:
    """Have a file, or what a directory names, durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_privately(file: Path, content: bytes) -> None:
    """Have *file*, for its owner alone, on the disk with *content*: whole, or as it was."""
    draft = file.with_name(f"{file.name}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
    _put(draft, file)


def copied(source: Path, target: Path) -> None:
    """Have *target*, for its owner alone, on the disk as *source* is: whole, or not at all."""
    draft = target.with_name(f"{target.name}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out, source.open("rb") as there:
        shutil.copyfileobj(there, out, 1 << 20)
    _put(draft, target)


def _put(draft: Path, file: Path) -> None:
    have_on_disk(draft)
    draft.replace(file)
    have_on_disk(file.parent)

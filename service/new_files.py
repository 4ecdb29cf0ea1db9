"""
Files that were not there before: whole and on the disk, or not there at all.

What fails half-way leaves nothing under the name that was asked for, so that it can be asked
for again. They tell of secrets or of people, and are their owner's alone unless said otherwise.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def new_file(file: Path, mode: int = 0o600) -> Iterator[BinaryIO]:
    """Give *file*, which must not be there yet, to be written to. Raise `OSError`."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fsync(descriptor)
    except BaseException:
        file.unlink(missing_ok=True)
        raise

"""
Where a Unix socket lies that only we may open.

It lies beside what it is the door to, or where that path is too long for a socket, in a
private directory whose name follows from it, so that whoever looks for it finds the same one.
"""

import hashlib
import os
import stat
import tempfile
from pathlib import Path
from typing import Final

from service.config import CannotStart

PATH_BYTES_MAX: Final = 100


def socket_in(directory: Path, name: str) -> Path:
    """Return where *name* of *directory* listens. Raise `CannotStart` if nowhere is safe."""
    path = directory.resolve() / name
    if len(os.fsencode(path)) <= PATH_BYTES_MAX:
        return path
    digest = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    return _private(Path(tempfile.gettempdir()) / f"seti-{os.getuid()}-{digest}") / name


def _private(directory: Path) -> Path:
    directory.mkdir(mode=0o700, exist_ok=True)
    # Anybody may make a directory of this name before we do, and wait for us there.
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise CannotStart(f"{directory} belongs to somebody else: name a shorter SETI_DATA_DIR.")
    return directory

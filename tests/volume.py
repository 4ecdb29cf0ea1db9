"""
A small disk that can be full for a while.

Who may mount has a small file system in memory, which is really filled. Who may not sets the
limit on the size of the server's files, so that every write of it is refused: another error
than a full disk's, and the same demand on the service.
"""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Protocol

BYTES: Final = 256 * 1024 * 1024
_BLOCKS: Final = (1024 * 1024, 4096, 1)


class Volume(Protocol):
    """Where a server keeps its files. *kind* is how it is made to refuse a write."""

    kind: str

    def fill(self, pid: int) -> None:
        """Let no write of the process *pid* find room."""
        ...

    def relieve(self, pid: int) -> None:
        """Let them again."""
        ...


class Filled:
    """A file system of its own at *place*."""

    kind = "a full file system"

    def __init__(self, place: Path) -> None:
        self._filler = place / "filler"

    def fill(self, _pid: int) -> None:
        # To the last byte: what was freed by a checkpoint meanwhile is taken as well.
        with self._filler.open("ab", buffering=0) as filler:
            for size in _BLOCKS:
                _write_all(filler.fileno(), b"\0" * size)

    def relieve(self, _pid: int) -> None:
        self._filler.unlink(missing_ok=True)


def _write_all(descriptor: int, block: bytes) -> None:
    try:
        while os.write(descriptor, block) == len(block):
            pass
    except OSError:
        return


class Limited:
    """An ordinary directory, under a limit on the size of files."""

    kind = "a limit on the size of files"

    def fill(self, pid: int) -> None:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    def relieve(self, pid: int) -> None:
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        # A process that was killed meanwhile has no limits any more.
        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, unlimited)


@contextmanager
def small_volume(place: Path) -> Iterator[Volume]:
    """Give the volume at *place*, an empty directory, while the block runs."""
    options = ["-t", "tmpfs", "-o", f"size={BYTES}", "seti-small", str(place)]
    try:
        mounted = subprocess.run(["mount", *options], check=False, capture_output=True)
    except FileNotFoundError:
        yield Limited()
        return
    if mounted.returncode != 0:
        yield Limited()
        return
    try:
        yield Filled(place)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)

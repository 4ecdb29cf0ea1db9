"""
The file that seals stand in, beside the log. Lines are only ever added, each fsynced.

A line that a crash has cut off is taken away before the next one: it was never told to anyone.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from service.store.seals.seal import Seal, decode, encode

# Two lines of the longest kind.
_TAIL_BYTES: Final = 1024 * 1024


class BrokenSeals(Exception):
    """The seals cannot be read, or do not belong to the log. The message is one sentence."""


class SealFile:
    """The seals in *path*."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # Where the last line ends that is on the disk, once we know.
        self._end: int | None = None

    def newest(self) -> list[Seal]:
        """Return the last seal and the one before it, in order. Raise `BrokenSeals`."""
        try:
            size = self.path.stat().st_size
        except FileNotFoundError:
            return []
        with self.path.open("rb") as file:
            file.seek(max(0, size - _TAIL_BYTES))
            lines = file.read().split(b"\n")[:-1]
        return [_read(line, self.path) for line in lines[-2:]]

    def append(self, seal: Seal) -> None:
        """Write *seal* behind the others, on the disk, in the place of one that failed to be."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        with os.fdopen(descriptor, "r+b") as file:
            size = file.seek(0, os.SEEK_END)
            self._end = self._whole(size) if self._end is None else min(self._end, size)
            file.truncate(self._end)
            file.seek(self._end)
            file.write(encode(seal) + b"\n")
            file.flush()
            os.fsync(file.fileno())
            self._end = file.tell()

    def _whole(self, size: int) -> int:
        """Return how many of *size* bytes are whole lines."""
        with self.path.open("rb") as file:
            start = max(0, size - _TAIL_BYTES)
            file.seek(start)
            return start + file.read().rfind(b"\n") + 1


def read_seals(path: Path) -> Iterator[Seal]:
    """
    Give the seals in *path*: of a file of seals, of a service's output, or of an export.

    Lines of other kinds are passed over, and what is cut off at the end. Raise `BrokenSeals`.
    """
    try:
        with path.open("rb") as file:
            for line in file:
                if b'"trail_digest":' in line and line.endswith(b"\n"):
                    yield _read(line, path)
    except OSError as error:
        raise BrokenSeals(f"{path} cannot be read: {error.strerror}.") from error


class _Wrapped(msgspec.Struct):
    """A seal in a line that says more: of an export, or of the service's output."""

    seal: Seal


_wrapped: Final = msgspec.json.Decoder(_Wrapped).decode


def _read(line: bytes, path: Path) -> Seal:
    try:
        return _wrapped(line).seal if b'"seal":' in line else decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BrokenSeals(f"A line of {path} is no seal: {error}.") from error

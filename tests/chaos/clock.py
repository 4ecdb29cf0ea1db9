"""
A clock that can be stepped from outside: a file that says by how much it is wrong.

The service has no such setting, and needs none: `stepped` puts this clock in the place of
the system's before it starts the service, in a process of the test's own.
"""

import mmap
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

_SECONDS: Final = struct.Struct("d")


class Clock:
    """What *file* says a clock is wrong by. Both the process and who steps it have it open."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(_SECONDS.pack(0.0))
        with file.open("r+b") as opened:
            self._shared = mmap.mmap(opened.fileno(), _SECONDS.size)

    def step_to(self, seconds: float) -> None:
        """Let every process that reads this clock be wrong by *seconds* from now on."""
        _SECONDS.pack_into(self._shared, 0, seconds)

    @property
    def wrong_by(self) -> float:
        wrong_by: float = _SECONDS.unpack_from(self._shared)[0]
        return wrong_by

    def stepped(self, real: Callable[[], float] = time.time) -> Callable[[], float]:
        """Return a clock that tells what *real* tells, and is wrong by as much as is said."""
        return lambda: real() + self.wrong_by

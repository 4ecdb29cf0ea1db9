"""One process owns a data directory. The operating system knows which, and forgets with it."""

import fcntl
import os
from pathlib import Path
from typing import Final

from service.store.protocol import LogUnavailable

LOCK_FILE: Final = "seti.lock"


class DirectoryLock:
    """Holds *directory* for this process. Raise `LogUnavailable` where another has it."""

    def __init__(self, directory: Path) -> None:
        self._file = os.open(directory / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(self._file, 20).decode(errors="replace").strip() or "unknown"
            os.close(self._file)
            raise LogUnavailable(
                f"The data directory {directory} is in use by another Seti (process {owner})."
            ) from None
        os.truncate(self._file, 0)
        os.write(self._file, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """Let another process have the directory."""
        os.close(self._file)

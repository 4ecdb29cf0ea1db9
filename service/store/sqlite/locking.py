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
        file = os.open(directory / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._file = os.fdopen(file, "r+", encoding="ascii", errors="replace")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = self._file.read(20).strip() or "unknown"
            self._file.close()
            raise LogUnavailable(
                f"The data directory {directory} is in use by another Seti (process {owner})."
            ) from None
        self._file.truncate()
        self._file.write(f"{os.getpid()}\n")
        self._file.flush()

    def release(self) -> None:
        """Let another process have the directory."""
        self._file.close()

"""A shell beside a server: Seti's other commands, over the same directory and settings."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from typing import Any, Final
from urllib.parse import urlsplit

from tests.e2e.server import MASTER_KEY, PUBLISHABLE_KEY, SECRET_KEY

ROOT: Final = Path(__file__).parents[2]
ENDS_WITHIN_S: Final = 120.0
# A `make` that runs the tests must not pass its flags on to one that a test runs.
_NOT_INHERITED: Final = ("SETI_", "MAKE", "MFLAGS")

Ended = subprocess.CompletedProcess[str]


@dataclass(frozen=True, slots=True)
class Shell:
    """What an operator types into, with the settings of the server at *url*."""

    data_dir: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(_NOT_INHERITED)}
        return kept | {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "SETI_DATA_DIR": str(self.data_dir),
            "SETI_PORT": str(urlsplit(self.url).port),
            "SETI_SECRET_KEY": SECRET_KEY,
            "SETI_PUBLISHABLE_KEY": PUBLISHABLE_KEY,
            "SETI_MASTER_KEY": MASTER_KEY,
        }

    def seti(self, *command: str) -> Ended:
        """Run a command of `seti` to its end."""
        return self.run(sys.executable, "-m", "service", *command)

    def run(self, *command: str, typed: str = "") -> Ended:
        """Run *command* to its end in the root of the clone, with *typed* on its stdin."""
        running = self._spawn(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True)
        try:
            out, error = running.communicate(typed, timeout=ENDS_WITHIN_S)
        finally:
            _end_all(running)
        return Ended(command, running.returncode, out, error)

    def leave_running(self, script: str) -> subprocess.Popen[str]:
        """Start *script* as in a terminal of its own, whose group can be sent a signal."""
        return self._spawn(("sh", "-c", script))

    def _spawn(self, command: Sequence[str], **streams: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command, env=self.environment, cwd=ROOT, start_new_session=True, **streams
        )


def _end_all(leader: subprocess.Popen[str]) -> None:
    """End what *leader* may have left behind in its group."""
    with suppress(ProcessLookupError):
        os.killpg(leader.pid, signal.SIGKILL)
    leader.wait()

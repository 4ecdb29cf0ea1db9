"""A command of `seti` that runs until it is told to stop, and what it has written so far."""

import signal
import subprocess
import sys
from typing import Self

from tests.e2e.server import STOP_S, Output, until
from tests.e2e.shell import ROOT, Shell


class Running:
    """A command that is under way in a *shell*. *out* and *err* are its lines."""

    def __init__(self, shell: Shell, *command: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "service", *command],
            env=shell.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._out, self._err = Output(self._process.stdout), Output(self._process.stderr)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(STOP_S)
        self._out.join()
        self._err.join()

    @property
    def out(self) -> list[str]:
        return self._out.lines

    @property
    def err(self) -> list[str]:
        return self._err.lines

    def said(self, text: str, *, times: int = 1) -> str:
        """Return the line in which *text* was written for the so-manieth time, when it is."""
        until(lambda: len(self._with(text)) >= times)
        return self._with(text)[times - 1]

    def interrupt(self) -> int:
        """Press Ctrl-C, and return the exit code."""
        self._process.send_signal(signal.SIGINT)
        status = self._process.wait(STOP_S)
        self._out.join()
        self._err.join()
        return status

    def _with(self, text: str) -> list[str]:
        return [line for line in [*self.out, *self.err] if text in line]

"""Seti as a real process, the way an operator runs it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.eventually import eventually

SECRET_KEY: Final = "sk_test_0123456789abcdefghij"
PUBLISHABLE_KEY: Final = "pk_test_0123456789abcdefghij"
START_S: Final = 20.0
STOP_S: Final = 15.0


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**settings: str) -> dict[str, str]:
    """Return this process' environment with no settings of Seti but *settings*."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("SETI_")}
    return own | settings


@dataclass
class Server:
    """One server on a port and a data directory of its own. It can be started again."""

    data_dir: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> Path:
        """Everything that the process said, on stdout and stderr, in all its lives."""
        return self.data_dir.with_name(f"{self.data_dir.name}.log")

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "SETI_PORT": str(self.port),
            "SETI_DATA_DIR": str(self.data_dir),
            "SETI_SECRET_KEY": SECRET_KEY,
            "SETI_PUBLISHABLE_KEY": PUBLISHABLE_KEY,
        }
        return environment(**(own | self.settings))

    async def start(self) -> None:
        """Start the process and return once it answers."""
        self._spawn()
        try:
            await eventually(self.answers, within=START_S)
        except TimeoutError:
            self.kill()
            raise AssertionError(self.output.read_text()) from None

    def _spawn(self) -> None:
        with self.output.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "service", "serve"],
                env=self.environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def answers(self) -> bool:
        """Say whether the process serves. Raise `AssertionError` if it has ended."""
        if self.process is not None and self.process.poll() is not None:
            raise AssertionError(self.output.read_text())
        try:
            return self.get("/healthz")[0] == http.client.OK
        except OSError:
            return False

    def get(self, path: str) -> tuple[int, Any]:
        """Return the status and the JSON of *path*, asked for without a key."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run another command of `seti` on the same data directory."""
        return subprocess.run(
            [sys.executable, "-m", "service", *command],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def stop(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Ask the process to stop, and return its exit code."""
        assert self.process is not None
        self.process.send_signal(by)
        return self.process.wait(STOP_S)

    def kill(self) -> None:
        """End the process between any two of its lines."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

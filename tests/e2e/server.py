"""The server as its users run it: a process of its own on a free port, over a directory."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Final, Self

import pytest

from tests.eventually import eventually

SECRET_KEY: Final = "sk_test_EndToEndSecretKey0123456789"
PUBLISHABLE_KEY: Final = "pk_test_EndToEndPublishableKey01234"
MASTER_KEY: Final = "e2e0" * 16

START_S: Final = 20.0
STOP_S: Final = 10.0

Line = dict[str, Any]


def until(condition: Callable[[], Any], within: float = START_S) -> None:
    """Return as soon as *condition* holds. Raise `TimeoutError` after *within* seconds."""
    asyncio.run(eventually(condition, within))


class Output:
    """The lines that a process has written so far, read by a thread of their own."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._lines: list[str] = []
        self._changed = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._drain, daemon=True)
        self._thread.start()

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def lines(self) -> list[str]:
        with self._changed:
            return list(self._lines)

    def _drain(self) -> None:
        with self._stream:
            for line in self._stream:
                with self._changed:
                    self._lines.append(line.decode().rstrip("\n"))
                    self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def join(self) -> None:
        """Return once everything that was written has been read."""
        self._thread.join(STOP_S)

    def said(self, event: str, *, since: int = 0, within: float = START_S) -> Line:
        """Return the first line of *event* after the line *since*, waiting for it if need be."""
        return self._wait("event", event, since, within)

    def said_of(self, request: str) -> Line:
        """Return the line that tells of a *request*, by its id."""
        return self._wait("request", request, 0, START_S)

    def _wait(self, key: str, value: str, since: int, within: float) -> Line:
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._find(key, value, since), within)
            found = self._find(key, value, since)
        assert found is not None, f"no {key} {value} in {within} s: {self._lines[since:][-50:]}"
        return found

    def _find(self, key: str, value: str, since: int) -> Line | None:
        told = (json.loads(line) for line in self._lines[since:] if value in line)
        return next((line for line in told if line.get(key) == value), None)


class Server:
    """
    `seti serve` over *data_dir*. Killed and started again, it keeps its directory and keys.

    *settings* are those of its next start, *port* where it listens then (0 is any), and
    *command* is what Python is to run for it. What every process of it said is in *said*.
    """

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.data_dir = data_dir
        self.said: list[Output] = []
        self.url = ""
        self.settings = settings
        self.port = 0
        self.command: tuple[str, ...] = ("-m", "service")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def output(self) -> Output:
        """What the process that runs now, or ran last, says on stdout."""
        return self.said[-2]

    @property
    def is_running(self) -> bool:
        return self._process is not None

    @property
    def has_died(self) -> bool:
        """Whether the process has ended without being told to."""
        return self._process is not None and self._process.poll() is not None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def lines(self) -> list[str]:
        """Everything that was ever said, on stdout and stderr."""
        return [line for output in self.said for line in output.lines]

    @property
    def valkey_pid(self) -> int:
        """The process that holds the views: the newest that the server told of."""
        return int(self._valkey["pid"])

    @property
    def valkey_socket(self) -> str:
        """Where that process listens."""
        return str(self._valkey["socket"])

    @property
    def _valkey(self) -> Line:
        told = (json.loads(line) for line in reversed(self.output.lines) if "redis" in line)
        return next(one for one in told if one["event"] == "redis.started")

    def start(self) -> Self:
        """Start the server and return once it listens and its views are whole."""
        assert self._process is None
        self._process = subprocess.Popen(
            [sys.executable, *self.command, "serve", "--port", str(self.port)],
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self.said += [Output(self._process.stdout), Output(self._process.stderr)]
        try:
            self.url = self.output.said("seti.serving")["url"]
            until(lambda: self.views_are_whole)
        except BaseException:
            self._end(signal.SIGKILL)
            sys.stderr.write("\n".join(self.lines))
            raise
        return self

    @property
    def health(self) -> dict[str, Any]:
        """How the server says that its parts are."""
        path = f"{self.url}/healthz"
        with urllib.request.urlopen(path, timeout=STOP_S) as answer:  # noqa: S310 - our own URL
            told: dict[str, Any] = json.load(answer)
        return told

    @property
    def views_are_whole(self) -> bool:
        """Whether the server says that lists can be answered."""
        return bool(self.health["views"]["status"] == "whole")

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        """Ask the server to end, and assert that it does so without a fault."""
        assert self._end(by) == 0, self.lines[-20:]

    def kill(self) -> None:
        """End the server as a crash would. Its Valkey lives on, as after a crash."""
        assert self._end(signal.SIGKILL) == -signal.SIGKILL

    def restart(self) -> Self:
        """Stop the server if it runs, and start it again over the same directory."""
        if self.is_running:
            self.stop()
        return self.start()

    def close(self) -> None:
        """Leave nothing behind, whatever state a test left the server in."""
        if self.is_running:
            self.stop()
        elif self.url and _is_valkey(self.valkey_pid):
            os.kill(self.valkey_pid, signal.SIGKILL)

    def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        process, self._process = self._process, None
        process.send_signal(number)
        status = process.wait(STOP_S)
        for output in self.said[-2:]:
            output.join()
        return status

    def _environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("SETI_")}
        return {
            **inherited,
            "SETI_DATA_DIR": str(self.data_dir),
            "SETI_SECRET_KEY": SECRET_KEY,
            "SETI_PUBLISHABLE_KEY": PUBLISHABLE_KEY,
            "SETI_MASTER_KEY": MASTER_KEY,
            **self.settings,
        }


def serving(places: pytest.TempPathFactory, **settings: str) -> Iterator[Server]:
    """Give a server with *settings*, in a place of its own: for fixtures."""
    server = Server(places.mktemp("serving") / "data", **settings).start()
    yield server
    server.close()


def _is_valkey(pid: int) -> bool:
    """Say whether *pid* is still what it was: a server of the views."""
    try:
        name = Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return False
    return name.startswith(("valkey", "redis"))

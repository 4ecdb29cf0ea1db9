"""A real server for the views, on a Unix socket in a directory of the test's own."""

import os
import signal
import socket as sockets
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis

from projections.binary import find_server


@dataclass(slots=True)
class Valkey:
    """One server. It can be killed and started again on the same directory."""

    directory: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        return self.directory / "s"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def client(self) -> redis.Redis:
        """Return a client that every test may use behind the house's back."""
        return redis.Redis(unix_socket_path=str(self.socket))

    def start(self) -> None:
        """Start the server and return once it answers."""
        self.socket.unlink(missing_ok=True)
        options = ["--port", "0", "--unixsocket", str(self.socket), "--save", ""]
        self.process = subprocess.Popen(
            [str(find_server()), *options, "--dir", str(self.directory), "--appendonly", "no"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if b"Ready to accept connections" in line:
                return
        raise AssertionError("the server ended before it was ready")

    def kill(self) -> None:
        """End the server as a crash would."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None


@contextmanager
def running() -> Iterator[Valkey]:
    """Run a server for a while, in a directory whose path is short enough for its socket."""
    with tempfile.TemporaryDirectory(prefix="seti-") as directory:
        valkey = Valkey(Path(directory))
        valkey.start()
        try:
            yield valkey
        finally:
            if valkey.process is not None:
                valkey.kill()


def held_up(directory: Path) -> Path:
    """Return a server that is not ready before there is a file beside it, `server.read`."""
    server = directory / "server"
    server.write_text(
        "#!/bin/sh\n"
        'echo $$ > "$0.pid"\n'
        'until [ -e "$0.read" ]; do sleep 0.01; done\n'
        f'exec {find_server()} "$@"\n'
    )
    server.chmod(0o755)
    return server


def answers(path: Path) -> bool:
    """Say whether anybody listens at the socket *path*."""
    with sockets.socket(sockets.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0

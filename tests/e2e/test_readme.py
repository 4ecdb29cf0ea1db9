"""The README's blocks, run as they stand but for the ports, in the order they are read."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.eventually import eventually
from tests.server import START_S, STOP_S, Server, free_port

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _blocks(language: str, server: Server) -> list[str]:
    """Return the blocks in *language*, with free ports in the place of the README's."""
    readme = (ROOT / "README.md").read_text()
    for port, ours in (("12111", server.port), ("4242", free_port())):
        readme = readme.replace(port, str(ours))
    return [text for found, text in BLOCK.findall(readme) if found == language]


def _environment(server: Server) -> dict[str, str]:
    # A `make` that runs the tests must not pass its flags on to the README's.
    foreign = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
    kept = {name: value for name, value in server.environment.items() if name not in foreign}
    return kept | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


def _run(server: Server, *command: str, script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        input=script,
        env=_environment(server),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=START_S,
        check=False,
    )


def _open_terminal(script: str, server: Server) -> subprocess.Popen[bytes]:
    command = ["sh", "-c", script]
    return subprocess.Popen(command, env=_environment(server), cwd=ROOT, start_new_session=True)


@pytest.fixture(name="server")
async def _server(tmp_path: Path) -> AsyncIterator[Server]:
    """Start the README's first block in a session of its own."""
    server = Server(tmp_path / "data")
    first, *_ = _blocks("sh", server)
    terminal = _open_terminal(first, server)
    try:
        await eventually(server.answers, within=START_S)
        yield server
    finally:
        os.killpg(terminal.pid, signal.SIGTERM)
        terminal.wait(STOP_S)


class TestReadme:
    async def test_shell_blocks_save_a_card(self, server: Server) -> None:
        """Pasted one after another, the shell blocks save a card, hear of it and explain it."""
        _, *blocks = _blocks("sh", server)
        ended = _run(server, "sh", "-eu", script="\n".join(blocks))
        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert '"type":"setup_intent.succeeded"' in ended.stdout
        assert "SetupIntentSucceeded" in ended.stdout

    async def test_python_block_uses_the_sdk(self, server: Server) -> None:
        """The Python block saves a card with the official SDK."""
        (block,) = _blocks("python", server)
        ended = _run(server, sys.executable, "-", script=block)
        assert ended.stdout == "succeeded\n", ended.stderr

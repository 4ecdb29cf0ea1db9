"""The README's blocks, run as they stand but for the ports, in the order they are read."""

import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.server import START_S, Server, environment, free_port

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(name="server")
async def _server(tmp_path: Path) -> AsyncIterator[Server]:
    server = Server(tmp_path / "data")
    await server.start()
    yield server
    server.kill()


def _blocks(language: str, server: Server) -> list[str]:
    """Return the blocks in *language*, with free ports in the place of the README's."""
    readme = (ROOT / "README.md").read_text()
    ports = {"12111": str(server.port), "4242": str(free_port())}
    for port, ours in ports.items():
        readme = readme.replace(port, ours)
    return [text for found, text in BLOCK.findall(readme) if found == language]


def _settings(server: Server) -> dict[str, str]:
    # `.venv/bin/python` of the README is the interpreter that runs this test.
    return environment(**server.environment, PATH=f"{Path(sys.executable).parent}:{os.defpath}")


class TestReadme:
    async def test_begins_with_make_run(self, server: Server) -> None:
        """The first thing that a reader runs is `make run`."""
        assert _blocks("sh", server)[0] == "make run\n"

    async def test_shell_blocks_save_a_card(self, server: Server) -> None:
        """Pasted one after another, the shell blocks save a card, hear of it and explain it."""
        _, *blocks = _blocks("sh", server)
        script = "\n".join(blocks).replace(".venv/bin/python", sys.executable)
        ended = subprocess.run(
            ["sh", "-eu"],
            input=script,
            env=_settings(server),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=START_S,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert '"type":"setup_intent.succeeded"' in ended.stdout
        assert "SetupIntentSucceeded" in ended.stdout

    async def test_python_blocks_use_the_sdk(self, server: Server) -> None:
        """The Python block saves a card with the official SDK."""
        (block,) = _blocks("python", server)
        ended = subprocess.run(
            [sys.executable, "-c", block],
            env=_settings(server),
            capture_output=True,
            text=True,
            timeout=START_S,
            check=False,
        )
        assert ended.stdout == "succeeded\n", ended.stderr

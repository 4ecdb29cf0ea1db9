"""The README's blocks, run as they stand but for the ports, in the order they are read."""

import os
import re
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.server import START_S, STOP_S
from tests.e2e.shell import ROOT, Shell
from tests.eventually import eventually

BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Readme:
    """The README, with free ports in the place of those that a reader would have free."""

    def __init__(self) -> None:
        self.text = (ROOT / "README.md").read_text()
        self.port = _free_port()
        for port, ours in (("12111", self.port), ("4242", _free_port())):
            self.text = self.text.replace(port, str(ours))

    def blocks(self, language: str) -> list[str]:
        return [text for found, text in BLOCK.findall(self.text) if found == language]

    def serves(self) -> bool:
        url = f"http://127.0.0.1:{self.port}/healthz"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return bool(answer.status == 200)
        except urllib.error.URLError:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(name="readme")
def _readme() -> Readme:
    return Readme()


@pytest.fixture(name="shell")
async def _shell(readme: Readme, tmp_path: Path) -> AsyncIterator[Shell]:
    """A second terminal, where the README's first block runs in the first."""
    shell = Shell(tmp_path / "data", f"http://127.0.0.1:{readme.port}")
    first = shell.leave_running(readme.blocks("sh")[0])
    try:
        await eventually(readme.serves, within=START_S)
        yield shell
    finally:
        os.killpg(first.pid, signal.SIGTERM)
        first.wait(STOP_S)


class TestReadme:
    async def test_shell_blocks_save_a_card(self, readme: Readme, shell: Shell) -> None:
        """Pasted one after another, the shell blocks save a card, hear of it and explain it."""
        ended = shell.run("sh", "-eu", typed="\n".join(readme.blocks("sh")[1:]))
        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert '"type":"setup_intent.succeeded"' in ended.stdout
        assert "SetupIntentSucceeded" in ended.stdout

    async def test_python_block_uses_the_sdk(self, readme: Readme, shell: Shell) -> None:
        """The Python block saves a card with the official SDK."""
        (block,) = readme.blocks("python")
        ended = shell.run(sys.executable, "-", typed=block)
        assert ended.stdout == "succeeded\n", ended.stderr

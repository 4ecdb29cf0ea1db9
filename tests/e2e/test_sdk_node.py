"""The official SDK for Node, through the lives of everything that it may ask for."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from tests.e2e.answers import assert_answered
from tests.e2e.covering import left_out_of
from tests.e2e.server import PUBLISHABLE_KEY, SECRET_KEY, Server
from tests.e2e.shell import ROOT

SOURCE: Final = ROOT / "tests" / "node"
LIVES: Final = sorted(path.name for path in SOURCE.glob("*.test.mjs"))
WITHIN_S: Final = 120.0

pytestmark = pytest.mark.skipif(
    not (shutil.which("node") and shutil.which("npm")), reason="There is no node, or no npm."
)


@dataclass(frozen=True, slots=True)
class Node:
    """Node in a directory where the SDK is installed, and all that it has heard from a server."""

    directory: Path
    url: str
    heard: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def live(self, life: str) -> list[dict[str, Any]]:
        """Return what the tests of the file *life* heard. They all pass, and are run once."""
        if life not in self.heard:
            self.heard[life] = self._run(life)
        return self.heard[life]

    def _run(self, life: str) -> list[dict[str, Any]]:
        log = self.directory / f"{life}.jsonl"
        ran = subprocess.run(
            ["node", "--test", "--test-reporter=spec", life],
            check=False,
            cwd=self.directory,
            env=self._environment | {"SETI_HEARD": str(log)},
            capture_output=True,
            text=True,
            timeout=WITHIN_S,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return [json.loads(line) for line in log.read_text().splitlines()]

    @property
    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "SETI_URL": self.url,
            "SETI_SECRET_KEY": SECRET_KEY,
            "SETI_PUBLISHABLE_KEY": PUBLISHABLE_KEY,
        }


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory, quiet_server: Server) -> Node:
    """Node, with the SDK as it is pinned."""
    directory = tmp_path_factory.mktemp("node") / "tests"
    shutil.copytree(SOURCE, directory, ignore=shutil.ignore_patterns("node_modules"))
    subprocess.run(["npm", "ci", "--silent"], check=True, cwd=directory, timeout=WITHIN_S)
    return Node(directory, quiet_server.url)


@pytest.mark.parametrize("life", LIVES)
def test_lives_a_life(node: Node, life: str) -> None:
    """Each file of lives is lived through, and every answer is as it is declared."""
    for one in node.live(life):
        asked = (one["method"], urlsplit(one["path"]).path)
        assert_answered(one["status"], one["headers"], one["body"].encode(), one["sent"], asked)


def test_asks_for_every_operation(node: Node) -> None:
    """Together the lives ask for every operation that a key may ask for."""
    heard = [one for life in LIVES for one in node.live(life)]
    asked = [(one["method"], urlsplit(one["path"]).path) for one in heard]
    assert left_out_of(asked) == set()

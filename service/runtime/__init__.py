"""
COMPOSITION ROOT: builds everything from `Settings`, starts it in order, stops it in reverse.

The only room that imports everything. `serving` is what `seti serve` does; `parts` says
what is built of what; the rest are the commands that look at a log from outside.
"""

from service.runtime.auditing import (
    Audit,
    Place,
    export_log,
    make_seal_key,
    verify,
    verify_file,
)
from service.runtime.backing_up import backup, restore
from service.runtime.inspecting import history, keys
from service.runtime.operating import operate
from service.runtime.rebuilding import builders, check, rebuild
from service.runtime.serving import serve

__all__ = [
    "Audit",
    "Place",
    "backup",
    "builders",
    "check",
    "export_log",
    "history",
    "keys",
    "make_seal_key",
    "operate",
    "rebuild",
    "restore",
    "serve",
    "verify",
    "verify_file",
]

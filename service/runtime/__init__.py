"""
COMPOSITION ROOT: builds everything from `Settings`, starts it in order, stops it in reverse.

The only room that imports everything. `serving` is what `seti serve` does; `parts` says
what is built of what; the rest are the commands that look at a log from outside.
"""

from service.runtime.backing_up import backup, restore
from service.runtime.inspecting import history, keys
from service.runtime.operating import operate
from service.runtime.rebuilding import builders, check, rebuild
from service.runtime.serving import serve

__all__ = [
    "backup",
    "builders",
    "check",
    "history",
    "keys",
    "operate",
    "rebuild",
    "restore",
    "serve",
]

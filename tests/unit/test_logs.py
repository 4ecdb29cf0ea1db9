"""Lines of the log, as a process of its own writes them."""

import json
import subprocess
import sys
from typing import Any

SCRIPT = """
import logging, structlog
from service import logs

logs.set_up("info")
log = structlog.get_logger()
log.debug("too.quiet")
log.info("command.handled", stream="seti_1", version=2)
logging.getLogger("aiohttp.server").warning("odd %s", "thing")
try:
    raise ValueError("broken")
except ValueError:
    log.exception("command.crashed", given={1, })
"""


def _lines() -> list[dict[str, Any]]:
    ended = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=True)
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_each_thing_is_one_line_of_json() -> None:
    """A line names what happened and carries its fields; what is too quiet is left out."""
    first, *_ = _lines()
    at = first.pop("timestamp")
    assert at.endswith("+00:00")
    assert first == {
        "event": "command.handled",
        "level": "info",
        "stream": "seti_1",
        "version": 2,
    }


def test_libraries_take_the_same_way() -> None:
    """What a library says through `logging` is a line of the same form."""
    _, second, _ = _lines()
    assert (second["event"], second["logger"]) == ("odd thing", "aiohttp.server")


def test_a_crash_carries_its_traceback() -> None:
    """An exception is a field of its line, and a value that JSON has no word for is no crash."""
    *_, third = _lines()
    assert "ValueError: broken" in third["exception"]
    assert third["given"] == [1]

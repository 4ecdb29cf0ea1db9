"""Lines of the log, as a process of its own writes them."""

import json
import subprocess
import sys
from typing import Any

import pytest

Lines = list[dict[str, Any]]

SCRIPT = """
import logging, os, structlog
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
log.warning("odd.answer", said=os.fsdecode(b"no \\xff text"))
stdout = os.dup(1)
os.dup2(os.open("/dev/full", os.O_WRONLY), 1)
log.info("disk.full")
os.dup2(stdout, 1)
log.info("disk.free")
"""


@pytest.fixture(scope="module")
def lines() -> Lines:
    """What the script wrote, line by line."""
    ended = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=True)
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_each_thing_is_one_line_of_json(lines: Lines) -> None:
    """A line names what happened and carries its fields; what is too quiet is left out."""
    first, *_ = lines
    assert first.pop("timestamp").endswith("+00:00")
    assert first == {
        "event": "command.handled",
        "level": "info",
        "stream": "seti_1",
        "version": 2,
    }


def test_libraries_take_the_same_way(lines: Lines) -> None:
    """What a library says through `logging` is a line of the same form."""
    _, second, *_ = lines
    assert (second["event"], second["logger"]) == ("odd thing", "aiohttp.server")


def test_a_crash_carries_its_traceback(lines: Lines) -> None:
    """An exception is a field of its line, and a value that JSON has no word for is no crash."""
    _, _, third, *_ = lines
    assert "ValueError: broken" in third["exception"]
    assert third["given"] == [1]


def test_what_is_no_text_is_told_all_the_same(lines: Lines) -> None:
    """A line with bytes in it that are no UTF-8 tells what they were."""
    fourth = lines[3]
    assert "no \\udcff text" in fourth["said"]


def test_nobody_is_stopped_by_a_full_disk(lines: Lines) -> None:
    """Where lines cannot be written for a while, whoever tells of something goes on."""
    assert lines[-1]["event"] == "disk.free"

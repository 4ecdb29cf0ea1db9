"""
How a thing that happened becomes a line: JSON on stdout, or plain text on a terminal.

A line names what happened (`command.handled`) and carries ids, versions, durations and
decisions as fields. What the libraries say through `logging` takes the same way out.

While the service runs, lines are gathered and written together ten times a second, and when
it ends: a system call for each line would be a tenth of a request's time. What is told of
every request is even worked out then, one after another, which costs half of what it does in
between. A process that is killed takes its last lines along, and nothing else.
"""

import asyncio
import logging
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any, ClassVar, Final

import msgspec
import structlog
from structlog.typing import EventDict, Processor

_GATHER_S: Final = 0.1
_ENCODER: Final = msgspec.json.Encoder(enc_hook=repr)


def set_up(level: str) -> None:
    """Send everything of *level* (`"info"`) and above to stdout, from now on."""
    number = logging.getLevelNamesMapping()[level.upper()]
    last, factory = _for_people() if sys.stdout.isatty() else _for_programs()
    structlog.configure(
        processors=[_placed, last],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=factory,
        cache_logger_on_first_use=True,
    )
    _Lines.least = number
    logging.basicConfig(handlers=[_Adopted()], level=max(number, logging.WARNING), force=True)


class Happening:
    """
    Tells of what happens for every request: *event*, on *level* (`"info"`, `"debug"`).

    The same line that structlog writes, at a fifth of the price.
    """

    def __init__(self, event: str, level: str = "info") -> None:
        self._event = event
        self._level = level
        self._number = logging.getLevelNamesMapping()[level.upper()]
        self._log = structlog.get_logger()

    def __call__(self, at: float, **fields: Any) -> None:
        """Write a line of the instant *at* (Unix seconds), if lines of this level are written."""
        if self._number < _Lines.least:
            return
        if _Lines.waiting is None:
            self._log.log(self._number, self._event, **fields)
            return
        fields |= {"event": self._event, "level": self._level, "timestamp": _written(at)}
        _Lines.waiting.append(_encoded(fields))


def later(tell: Callable[[], None]) -> None:
    """Call *tell* when the lines gathered are written; at once where they are not gathered."""
    if _Lines.waiting is None:
        tell()
    else:
        _Lines.waiting.append(tell)


def flush() -> None:
    """Write the lines gathered so far."""
    if not _Lines.waiting:
        return
    told, lines = _Lines.waiting, list[bytes | Callable[[], None]]()
    _Lines.waiting = lines
    for each in told:
        if isinstance(each, bytes):
            lines.append(each)
        else:
            each()
    _Lines.waiting = []
    _write([line for line in lines if isinstance(line, bytes)])


def _timestamp() -> str:
    return _written(time.time())


def _written(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")


def _for_people() -> tuple[Processor, structlog.WriteLoggerFactory]:
    return structlog.dev.ConsoleRenderer(
        exception_formatter=structlog.dev.plain_traceback
    ), structlog.WriteLoggerFactory(sys.stdout)


def _for_programs() -> tuple[Processor, Callable[..., "_Lines"]]:
    return _json, _Lines


class _Lines:
    """Takes lines, and writes them at once or, while they are `gathered`, a little later."""

    waiting: ClassVar[list[bytes | Callable[[], None]] | None] = None
    least: ClassVar[int] = logging.INFO

    def __init__(self, *_: object) -> None:
        """Take what structlog passes to every logger, and need none of it."""

    def msg(self, line: bytes) -> None:
        if _Lines.waiting is None:
            _write([line])
        else:
            _Lines.waiting.append(line)

    debug = info = warning = error = critical = msg


@asynccontextmanager
async def gathered() -> AsyncIterator[None]:
    """Gather lines while the block runs. On a terminal they are shown at once."""
    if sys.stdout.isatty():
        yield
        return
    _Lines.waiting = []
    task = asyncio.create_task(_write_often())
    try:
        yield
    finally:
        task.cancel()
        flush()
        _Lines.waiting = None


async def _write_often() -> None:
    while True:
        flush()
        await asyncio.sleep(_GATHER_S)


def _write(lines: list[bytes]) -> None:
    if lines:
        out = sys.stdout.buffer
        # Where nobody takes them, on a full disk or a broken pipe, the service goes on.
        with suppress(OSError, ValueError):
            out.write(b"\n".join([*lines, b""]))
            out.flush()


# Two steps and no more: every command writes a line, and pays for each step of the way.
def _placed(_: object, level: str, line: EventDict) -> EventDict:
    line["level"] = level
    line["timestamp"] = _timestamp()
    return line


def _json(logger: object, level: str, line: EventDict) -> bytes:
    if "exc_info" in line:
        line = structlog.processors.format_exc_info(logger, level, line)
    return _encoded(line)


def _encoded(line: EventDict) -> bytes:
    try:
        return _ENCODER.encode(line)
    except UnicodeEncodeError:
        # A text that is none, as of bytes that somebody sent us.
        return _ENCODER.encode({name: ascii(value) for name, value in line.items()})


class _Adopted(logging.Handler):
    """Takes what the libraries say, and says it as ours."""

    def emit(self, record: logging.LogRecord) -> None:
        log = structlog.get_logger().bind(logger=record.name)
        # Between the standard levels there may be others, which structlog has no name for.
        level = min(record.levelno // 10 * 10, logging.CRITICAL)
        log.log(level, record.getMessage(), exc_info=record.exc_info)

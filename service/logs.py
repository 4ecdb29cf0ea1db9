"""
How a thing that happened becomes a line: JSON on stdout, or plain text on a terminal.

A line names what happened (`command.handled`) and carries ids, versions, durations and
decisions as fields. What the libraries say through `logging` takes the same way out.
"""

import logging
import sys
from typing import Any

import msgspec
import structlog
from structlog.typing import Processor


def set_up(level: str) -> None:
    """Send everything of *level* (`"info"`) and above to stdout, from now on."""
    number = logging.getLevelNamesMapping()[level.upper()]
    first: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last = _last()
    structlog.configure(
        processors=[*first, *last],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    _adopt_logging(number, first, last)


def _last() -> list[Processor]:
    if sys.stdout.isatty():
        return [structlog.dev.ConsoleRenderer()]
    return [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(serializer=_json),
    ]


def _json(line: dict[str, Any], **_: Any) -> str:
    return msgspec.json.encode(line, enc_hook=repr).decode()


def _adopt_logging(level: int, first: list[Processor], last: list[Processor]) -> None:
    out = logging.StreamHandler(sys.stdout)
    out.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*first, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logging.basicConfig(handlers=[out], level=max(level, logging.WARNING), force=True)

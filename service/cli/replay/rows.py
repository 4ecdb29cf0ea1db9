"""Entries of the log as a person reads them: a row for each, as it comes."""

from typing import TYPE_CHECKING, Any, Final

import msgspec
from rich.text import Text

from service.console import console, rfc3339

if TYPE_CHECKING:
    from service.calling.following import Line

_WIDTHS: Final = {"position": 9, "time": 20, "event": 30, "object": 30, "version": 7}
_BY_ITSELF: Final = "seti"


class Rows:
    """Writes entries to the terminal, below one head."""

    def __init__(self) -> None:
        self._console = console()
        self._headed = False

    def __call__(self, line: "Line") -> None:
        if not self._headed:
            self._console.print(row([*_WIDTHS, "actor"], "bold"), soft_wrap=True)
            self._headed = True
        self._console.print(row(cells(msgspec.json.decode(line.text))), soft_wrap=True)


def cells(entry: dict[str, Any]) -> list[str]:
    """Return what is shown of *entry*."""
    actor = entry["actor"]
    who = " ".join(actor[name] for name in ("request", "key", "address") if actor[name])
    return [
        str(entry["position"]),
        rfc3339(entry["created"]),
        entry["topic"],
        entry["stream"],
        str(entry["version"]),
        who or _BY_ITSELF,
    ]


def row(texts: list[str], style: str = "") -> Text:
    """Return *texts* as one line, each as wide as its column, the first coloured."""
    *columns, last = texts
    padded = [text.ljust(width) for text, width in zip(columns, _WIDTHS.values(), strict=True)]
    return Text.assemble((padded[0], style or "cyan"), " ", (" ".join([*padded[1:], last]), style))

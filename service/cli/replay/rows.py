"""
Entries of the log as a person reads them, as they come: a row for each.

How wide a column has to be is not known beforehand, as it is of a table. Where the terminal
is not as wide as rows may be, each entry is a list of what is in it, as it is of a table.
"""

from typing import TYPE_CHECKING, Any, Final

import msgspec
from rich.text import Text

from service.console import console, record, rfc3339

if TYPE_CHECKING:
    from service.calling.following import Line

# Of the actor: a request, a key, and an address of the older kind.
_WIDTHS: Final = {
    "position": 9,
    "time": 20,
    "event": 30,
    "object": 30,
    "version": 7,
    "actor": 65,
}
_BY_ITSELF: Final = "seti"


class Rows:
    """Writes entries to the terminal: below one head, or as a list each."""

    def __init__(self) -> None:
        self._console = console()
        self._is_narrow = self._console.width < sum(_WIDTHS.values()) + len(_WIDTHS) - 1
        self._headed = False

    def __call__(self, line: "Line") -> None:
        texts = cells(msgspec.json.decode(line.text))
        if self._is_narrow:
            self._console.print(record(list(_WIDTHS), texts), "")
            return
        if not self._headed:
            self._console.print(row(list(_WIDTHS), "bold"), soft_wrap=True)
            self._headed = True
        self._console.print(row(texts), soft_wrap=True)


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
    first, *others = (
        text.ljust(width) for text, width in zip(texts, _WIDTHS.values(), strict=True)
    )
    return Text.assemble((first, style or "cyan"), " ", (" ".join(others).rstrip(), style))

"""What a person sees in a terminal."""

import io
from collections.abc import Callable

import pytest
from rich.text import Text


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        """A terminal it is."""
        return True


def seen(printing: Callable[[], None], width: int) -> list[str]:
    """Return the lines that a terminal of this *width* shows of what *printing* prints."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERM", "xterm")
        patch.setenv("COLUMNS", str(width))
        patch.setattr("sys.stdout", there := _Terminal())
        printing()
    return [line.rstrip() for line in Text.from_ansi(there.getvalue()).plain.splitlines()]

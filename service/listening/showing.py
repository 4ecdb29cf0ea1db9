"""What a listener sees: each event as it happens, and each answer to it."""

import sys
from collections.abc import Mapping
from typing import Any, Final

from rich.text import Text

from service.console import console, rfc3339
from service.webhooks.outcome import Blocked, Delivered, Outcome

_INDENT: Final = " " * 22
_REFUSED: Final = 400


class Screen:
    """
    Writes events to stdout, and all else to stderr.

    With *json*, what goes to stdout is the events themselves, one a line, and nothing else.
    """

    def __init__(self, *, json: bool, secret: str) -> None:
        self._json = json
        self._secret = secret
        self._out = console()
        self._beside = console(stderr=True) if json else self._out

    def say(self, sentence: str) -> None:
        """Tell how the listening itself goes."""
        sys.stderr.write(f"seti: {sentence}\n")
        sys.stderr.flush()

    def ready(self, url: str | None) -> None:
        """Tell that from now on nothing is missed."""
        if url is None:
            self.say("Listening.")
        else:
            self.say(f"Listening, and forwarding to {url}, signed with {self._secret}")

    def event(self, event: Mapping[str, Any], body: bytes) -> None:
        """Show what has happened."""
        if self._json:
            sys.stdout.write(body.decode() + "\n")
            sys.stdout.flush()
            return
        about = str(event["data"]["object"].get("id", ""))
        line = Text.assemble(
            (rfc3339(event["created"]), "dim"),
            "  ",
            (event["type"], "bold cyan"),
            f"  {event['id']}  {about}",
        )
        self._print(line)

    def answer(self, event: Mapping[str, Any], url: str, outcome: Outcome) -> None:
        """Show what came of forwarding it."""
        what, style = described(outcome)
        told = f" POST {url} {event['id']} {outcome.trip.took_ms:.0f} ms"
        line = Text.assemble(f"{_INDENT}<- ", (what, style), told)
        self._beside.print(line, soft_wrap=True)
        self._beside.file.flush()

    def _print(self, line: Text) -> None:
        self._out.print(line, soft_wrap=True)
        self._out.file.flush()


def described(outcome: Outcome) -> tuple[str, str]:
    """Return what came of an attempt in a word or two, and the colour of it."""
    match outcome:
        case Delivered():
            return str(outcome.status), "green"
        case Blocked():
            return "blocked", "red"
        case _ if outcome.status is not None:
            return str(outcome.status), "red" if outcome.status >= _REFUSED else "yellow"
        case _:
            return f"failed: {outcome.kind.replace('_', ' ')}", "red"

"""What a webhook endpoint is to be, as it is typed."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from service.cli.options import flag
from service.config import CannotStart

Url = Annotated[str, typer.Argument(metavar="URL", help="Where to POST what happens.")]
NewUrl = Annotated[str | None, flag("Where to POST what happens.", "URL")]
Events = Annotated[
    list[str] | None, flag("A type of events, or several with commas between; * is all.", "TYPE,…")
]
Description = Annotated[str | None, flag("What it is for.", "TEXT")]
Header = Annotated[
    list[str] | None,
    flag("Sent along, as 'Name: value'; @FILE reads lines of them, @- from stdin.", "HEADER"),
]
RemoveHeader = Annotated[list[str] | None, flag("A header to send no more.", "NAME")]
Version = Annotated[str | None, flag("The API version that it is told in.", "VERSION")]
Ordered = Annotated[
    bool | None, typer.Option("--ordered/--unordered", help="One thing at a time, in order.")
]
Connect = Annotated[bool, typer.Option("--connect", help="Tell of connected accounts instead.")]


def types_of(given: list[str]) -> list[str]:
    """Read types of events, each by itself or several with commas between."""
    return [each.strip() for text in given for each in text.split(",") if each.strip()]


def headers_of(given: list[str]) -> dict[str, str]:
    """Read headers: `Name: value`, or `@FILE` with a line for each."""
    headers = {}
    for line in _lines(given):
        name, colon, value = line.partition(":")
        if not colon or not value.strip():
            raise CannotStart("--header: expected 'Name: value', or @ and the name of a file.")
        headers[name.strip()] = value.strip()
    return headers


def _lines(given: list[str]) -> Iterator[str]:
    for text in given:
        if not text.startswith("@"):
            yield text
            continue
        try:
            read = sys.stdin.read() if text == "@-" else Path(text[1:]).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CannotStart(f"--header: {text[1:]} cannot be read ({error}).") from None
        yield from (line for line in read.splitlines() if line.strip())

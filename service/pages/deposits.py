"""
What a customer writes down of the microdeposits on a bank statement, read kindly.

An amount may be written in cents or as a statement shows it (`32`, `0.32`, `$0.32`), and a
code in small letters or with spaces.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from service.domain.values import Value
from service.gateways.port import Deposits
from service.wire.form import Branch

AMOUNTS: Final = "amounts"
DESCRIPTOR_CODE: Final = "descriptor_code"

_CENTS: Final = re.compile(r"[0-9]{1,2}|\$?0?[.,][0-9]{2}")
_CODE: Final = re.compile(r"SM[0-9A-Z]{4}")


def cents(text: str) -> int | None:
    """Return the cents that *text* tells, or None where it tells none."""
    written = "".join(text.split())
    return int(written.lstrip("$0.,") or "0") if _CENTS.fullmatch(written) else None


def code(text: str) -> str | None:
    """Return the code that *text* tells, or None where it tells none."""
    written = "".join(text.split()).upper()
    return written if _CODE.fullmatch(written) else None


class Line(Value, frozen=True, kw_only=True):
    """
    One line of the form, called *name* in it. *read* returns what a text on it says.

    *wrong* tells what to write where it was left empty or says nothing.
    """

    name: str
    label: str
    wrong: str
    read: Callable[[str], object]
    keyboard: str


class Filled(Value, frozen=True, kw_only=True):
    """A *line* as somebody filled it in: the *text*, and what that *says*, if anything."""

    line: Line
    text: str
    says: object


def _amount(which: str) -> Line:
    return Line(
        name=which,
        label=f"{which.capitalize()} deposit, in cents",
        wrong=f"Enter the {which} deposit as a number of cents, such as 32.",
        read=cents,
        keyboard="numeric",
    )


_LINES: Final[Mapping[str, tuple[Line, ...]]] = {
    AMOUNTS: (_amount("first"), _amount("second")),
    DESCRIPTOR_CODE: (
        Line(
            name="code",
            label="Code",
            wrong="Enter the six characters of the code, which begin with SM.",
            read=code,
            keyboard="text",
        ),
    ),
}


def filled(kind: str, form: Branch) -> tuple[Filled, ...]:
    """Return the lines for deposits of a *kind* (`amounts`) as *form* fills them in."""
    texts = [(line, form.get(line.name)) for line in _LINES[kind]]
    return tuple(
        Filled(line=line, text=text, says=line.read(text))
        if isinstance(text, str)
        else Filled(line=line, text="", says=None)
        for line, text in texts
    )


def said(lines: tuple[Filled, ...]) -> Deposits | None:
    """Return what *lines* say that the deposits were, or None where one of them says nothing."""
    match [each.says for each in lines]:
        case [int(first), int(second)]:
            return Deposits(amounts=(first, second))
        case [str(descriptor_code)]:
            return Deposits(descriptor_code=descriptor_code)
        case _:
            return None

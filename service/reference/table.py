"""
What there is, and what is refused and why, as the README tells it: tables of Markdown.

`python -m service.reference.table README.md` writes them where they belong; a test compares.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final, get_args

from service.api.operation import Operation
from service.api.own.routes import OWN_OPERATIONS
from service.api.routes import OPERATIONS
from service.domain.method_types import TYPES
from service.domain.method_types import MethodType as Declared
from service.gateways.simulator import MADE_ELSEWHERE
from service.reference.naming import room_of
from service.wire.left_out import LEFT_OUT
from service.wire.params.enumerations import MethodType
from service.wire.params.payment_methods import PaymentMethodCreateParams

BEGIN: Final = "<!-- What follows is made of the declarations: make readme -->"
END: Final = "<!-- So far. -->"
_BETWEEN: Final = re.compile(f"{re.escape(BEGIN)}\n.*?{re.escape(END)}", re.DOTALL)


def tables() -> str:
    """Return the tables: of operations, of types of payment methods, of what is refused."""
    there = [("", "what it does", "under"), *_rows(OPERATIONS)]
    own = [("Seti's own", "what it does", "under"), *_rows(OWN_OPERATIONS)]
    types = [("set up", "payment methods of type")]
    types += [(how, _codes(names)) for how, names in _types()]
    refused = [("", "refused by name", "because")]
    refused += [(_words(each.room), _codes(each.names), each.why) for each in LEFT_OUT]
    return "\n\n".join("\n".join(_lines(rows)) for rows in (there, own, types, refused))


def written_into(text: str) -> str:
    """Return *text* with the tables where they belong in it."""
    return _BETWEEN.sub(lambda _: f"{BEGIN}\n\n{tables()}\n\n{END}", text)


def _rows(operations: Sequence[Operation]) -> Iterator[tuple[str, str, str]]:
    for room, of_room in groupby(sorted(operations, key=room_of), room_of):
        yield _row(room, list(of_room))


def _row(room: str, operations: Sequence[Operation]) -> tuple[str, str, str]:
    done = [_words(one.handler.__name__.removesuffix("_all")) for one in operations]
    path = min((one.path for one in operations), key=len)
    return _words(room), ", ".join(done), f"`{path}`"


def _types() -> Iterator[tuple[str, list[str]]]:
    """Tell how types are set up, and which types that is true of."""
    found: dict[str, list[str]] = {}
    for name, one in TYPES.items():
        found.setdefault(_how(one), []).append(name)
    yield from found.items()
    made = PaymentMethodCreateParams.__struct_fields__
    neither = TYPES.keys() | MADE_ELSEWHERE
    rest = [name for name in get_args(MethodType) if name in made and name not in neither]
    yield "not at all; they can be made", rest


def _how(one: Declared) -> str:
    if one.generates is not None:
        return f"on a page, and then a `{one.generates}` under a mandate"
    place = "on a page" if one.redirects else "with the request"
    under = ", under a mandate" if one.mandate else ""
    return place + under + (", verified by microdeposits" if one.microdeposits else "")


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield f"| {' | '.join(row)} |"
        if number == 0:
            yield "|---" * len(row) + "|"


if __name__ == "__main__":
    readme = Path(sys.argv[1])
    readme.write_text(written_into(readme.read_text("utf-8")), "utf-8")

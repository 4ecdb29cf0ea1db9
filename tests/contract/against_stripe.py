"""
What we take and give against what Stripe's own OpenAPI document says, name by name.

Run by hand, while developing: `python -m tests.contract.against_stripe openapi.json`. It tells
each difference that is not on purpose (`on_purpose`), and ends with 1 if there is one.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from service.api.routes import OPERATIONS
from service.reference.document import document
from service.reference.naming import room_of
from service.wire.left_out import why_left_out
from tests.contract.flattening import Fact, Name, flat
from tests.contract.on_purpose import is_on_purpose

_WITHIN_A_LIST: Final = "data[]"
_ROOMS: Final = {operation.name: room_of(operation) for operation in OPERATIONS}


def differences(ours: dict[Name, Fact], theirs: dict[Name, Fact]) -> Iterator[tuple[Name, str]]:
    """Tell what the operations that both have do not have in common."""
    shared = {name.operation for name in ours} & {name.operation for name in theirs}
    for name in sorted(ours.keys() | theirs.keys(), key=str):
        if name.operation not in shared:
            continue
        if name not in ours:
            yield name, "is Stripe's alone"
        elif name not in theirs:
            yield name, "is ours alone"
        else:
            compare = _taken_otherwise if name.side == "takes" else _given_otherwise
            for difference in compare(ours[name], theirs[name]):
                yield name, difference


def _taken_otherwise(ours: Fact, theirs: Fact) -> Iterator[str]:
    """Tell what Stripe takes and we do not, and the other way round."""
    if ours.required != theirs.required:
        yield "is needed here" if ours.required else "is needed by Stripe"
    if missing := theirs.kinds - ours.kinds - {"object" if "anything" in ours.kinds else ""}:
        yield f"may be {sorted(missing)}"
    if ours.choices - {""} and theirs.choices - {""}:
        if missing := theirs.choices - ours.choices:
            yield f"may be {sorted(missing)}"
        if more := ours.choices - theirs.choices:
            yield f"may be more here: {sorted(more)}"
    if ours.longest != theirs.longest:
        yield f"may have {ours.longest} characters here, and {theirs.longest} there"


def _given_otherwise(ours: Fact, theirs: Fact) -> Iterator[str]:
    """Tell what we might give that Stripe never does."""
    if theirs.required and not ours.required:
        yield "is always there"
    if more := ours.kinds - theirs.kinds:
        yield f"is never {sorted(more)}"
    if theirs.choices and (more := ours.choices - theirs.choices):
        yield f"is never {sorted(more)}"


def _plain(name: str) -> str:
    """Return *name* as it is within an object, whether the object is alone or in a list."""
    if not name.startswith(_WITHIN_A_LIST):
        return name
    first, _, rest = name.removeprefix(_WITHIN_A_LIST).lstrip("[").partition("]")
    return first + rest


def _is_expected(name: Name, difference: str) -> bool:
    if name.side == "takes" and why_left_out(_ROOMS[name.operation], name.name):
        return True
    return is_on_purpose(name.side, _plain(name.name), difference)


def main(path: str) -> int:
    """Print each difference that is not on purpose, once for all operations that have it."""
    theirs = flat(msgspec.json.decode(Path(path).read_bytes()))
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for name, difference in differences(flat(document("http://here", OPERATIONS)), theirs):
        if not _is_expected(name, difference):
            found[name.side, _plain(name.name), difference].append(name.operation)
    for (side, plain, difference), operations in sorted(found.items()):
        print(f"{side} {plain} {difference} ({len(operations)}: {operations[0]})")  # noqa: T201 - a script
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

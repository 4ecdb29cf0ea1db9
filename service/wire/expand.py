"""
What a caller may ask to see whole instead of as an id.

Which fields expand, and to what, is declared with the resources and only collected here. A
hash that is always shown whole may be named, and passed through, but needs no fetching.
Following an expansion and fetching the objects is done where there is a read model.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final, TypeAlias

from msgspec import inspect

from service.wire.bad_param import BadParam, shown
from service.wire.other_products import LEADS
from service.wire.resources import RESOURCES
from service.wire.resources.shape import Resource

MAX_LEVELS: Final = 4

# Field by field what is to be expanded, and what below it.
Expansion: TypeAlias = "dict[str, Expansion]"
# Where a field leads: to an object (its kind) or into a hash (its declaration).
Target: TypeAlias = str | type[Resource]


def expansion_of(kind: str, paths: Sequence[str], *, in_list: bool = False) -> Expansion:
    """
    Return what *paths* ask to expand in an object of *kind* (`"setup_intent"`).

    With *in_list* the answer is a list of such objects, and every path starts with `data.`,
    as does the result. Raise `BadParam` where a path leads nowhere or too deep.
    """
    expansion: Expansion = {}
    for path in paths:
        names = path.split(".")
        if len(names) > MAX_LEVELS:
            raise BadParam(
                f"'{shown(path)}' expands more than {MAX_LEVELS} levels, which is the most."
            )
        _check(kind, names, in_list=in_list)
        below = expansion
        for name in names:
            below = below.setdefault(name, {})
    return expansion


def _check(kind: str, names: Sequence[str], *, in_list: bool) -> None:
    if not in_list:
        within = names
    elif names[0] == "data":
        within = names[1:]
    else:
        path = shown(".".join(names))
        raise BadParam(
            f"This property cannot be expanded ({path}). In a list, expand 'data.{path}' instead."
        )
    target: Target | None = kind
    for name in within:
        target = _fields(target).get(name)
        if target is None:
            raise BadParam(f"This property cannot be expanded ({shown('.'.join(names))}).")


@cache
def _fields(target: Target) -> Mapping[str, Target]:
    """Return the fields of *target* that may be named in a path, and where each leads."""
    declared = RESOURCES.get(target) if isinstance(target, str) else target
    if declared is None:
        return LEADS.get(str(target), {})
    info = inspect.type_info(declared)
    assert isinstance(info, inspect.StructType)  # noqa: S101 (A Resource is a Struct.)
    return {field.encode_name: target for field in info.fields for target in _targets(field.type)}


def _targets(declared: inspect.Type) -> Iterator[Target]:
    match declared:
        case inspect.UnionType(types=types):
            for one in types:
                yield from _targets(one)
        case inspect.Metadata(extra=dict(extra)) if "expands" in extra:
            yield extra["expands"]
        case inspect.StructType(cls=cls) if issubclass(cls, Resource):
            yield cls
        case _:
            return

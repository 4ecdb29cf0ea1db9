"""Whether an object is what a query says."""

from collections.abc import Callable, Mapping
from operator import eq, ge, gt, le, lt
from typing import Any, Final

from service.wire.search.clauses import METADATA, Clause, Query

_COMPARED: Final[Mapping[str, Callable[[int, int], bool]]] = {
    ":": eq,
    ">": gt,
    "<": lt,
    ">=": ge,
    "<=": le,
}
Test = Callable[[Any], bool]


def matcher(query: Query) -> Test:
    """Return what says of an object, by its attributes, whether it is what *query* says."""
    tests = [_test(clause) for clause in query.clauses]
    join = any if query.either else all
    return lambda found: join(test(found) for test in tests)


def _test(clause: Clause) -> Test:
    holds = _holds(clause)
    if clause.negated:
        return lambda found: not holds(_value(found, clause))
    return lambda found: holds(_value(found, clause))


def _value(found: Any, clause: Clause) -> Any:
    if clause.field == METADATA:
        return found.metadata.get(clause.key)
    return getattr(found, clause.field)


def _holds(clause: Clause) -> Test:
    """Return what says of the field's value whether *clause*, not negated, holds of it."""
    wanted = clause.value
    if wanted is None:
        return lambda value: value is None
    if isinstance(wanted, int):
        compare = _COMPARED[clause.operator]
        return lambda value: value is not None and compare(value, wanted)
    folded = wanted.casefold()
    if clause.operator == "~":
        return lambda value: value is not None and folded in value.casefold()
    return lambda value: value is not None and value.casefold() == folded

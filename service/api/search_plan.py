"""How little of what there is a search needs to look at, from its query alone."""

from collections.abc import Sequence
from typing import Final

from projections.indexes import Index, customers_of_term
from projections.terms import metadata_field
from service.wire.search.clauses import METADATA, Clause, Query

# Which list is walked of several: the one with the fewest customers in it, most likely.
_NARROWEST: Final = ("email", "phone", METADATA, "name")


def indexes_of(query: Query) -> Sequence[Index]:
    """Return lists that together hold all that *query* finds. None: it may be anywhere."""
    named = [clause for clause in query.clauses if _is_exact(clause)]
    if query.either:
        everywhere = len(named) < len(query.clauses)
        return () if everywhere else tuple(dict.fromkeys(_index(one) for one in named))
    named.sort(key=lambda clause: _NARROWEST.index(clause.field))
    return tuple(_index(clause) for clause in named[:1])


def bounds_of(query: Query) -> tuple[int | None, int | None]:
    """Return from when (inclusive) until when (exclusive) all was made that *query* finds."""
    if query.either and len(query.clauses) > 1:
        return None, None
    lows, highs = zip(*map(_bounds, query.clauses), strict=True)
    return (
        max((low for low in lows if low is not None), default=None),
        min((high for high in highs if high is not None), default=None),
    )


def _bounds(clause: Clause) -> tuple[int | None, int | None]:
    if clause.negated or not isinstance(clause.value, int):
        return None, None
    at = clause.value
    match clause.operator:
        case ":":
            return at, at + 1
        case ">":
            return at + 1, None
        case ">=":
            return at, None
        case "<":
            return None, at
        case _:
            return None, at + 1


def _is_exact(clause: Clause) -> bool:
    return isinstance(clause.value, str) and clause.operator == ":" and not clause.negated


def _index(clause: Clause) -> Index:
    field = clause.field if clause.key is None else metadata_field(clause.key)
    return customers_of_term(field, str(clause.value))

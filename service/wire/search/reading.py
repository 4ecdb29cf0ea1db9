"""From a query's text to its clauses. Every way in which a query can be wrong is told here."""

import re
from typing import Final

from service.wire.bad_param import BadParam, shown
from service.wire.search.clauses import METADATA, OPERATORS, Clause, Fields, Operator, Query

CLAUSES_MAX: Final = 10
PART_LENGTH_MIN: Final = 3
_PARAM: Final = "query"

_SPACE: Final = re.compile(r"\s*")
_JOIN: Final = re.compile(r"(AND|OR)(?=\s|$)", re.IGNORECASE)
_FIELD: Final = re.compile(r"(-?)([A-Za-z_][A-Za-z0-9_.]*)")
_OPERATOR: Final = re.compile(r">=|<=|[:~<>]")
_QUOTED: Final = re.compile(r"""(["'])((?:\\.|(?!\1)[^\\])*)\1""", re.DOTALL)
_KEY: Final = re.compile(rf"\[{_QUOTED.pattern}\]", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_BARE: Final = re.compile(r"""[^\s"'\[\]():~<>]+""")
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_DIGITS: Final = re.compile(r"[0-9]+", re.ASCII)
_NULL: Final = "null"


def read_query(text: str, fields: Fields) -> Query:
    """Return what *text* asks of objects with *fields*. Raise `BadParam` where it cannot be."""
    return _Reading(text, fields).query()


def _bad(message: str) -> BadParam:
    return BadParam(message, param=_PARAM)


class _Reading:
    """One *text*, read from left to right."""

    def __init__(self, text: str, fields: Fields) -> None:
        self._text = text
        self._fields = fields
        self._at = 0

    def query(self) -> Query:
        joins: set[str] = set()
        clauses = [self._clause()]
        while self._more():
            joins.add(self._join())
            clauses.append(self._clause())
        if len(joins) > 1:
            raise _bad("A query joins its clauses with AND or with OR, not with both.")
        if len(clauses) > CLAUSES_MAX:
            raise _bad(f"A query may have {CLAUSES_MAX} clauses, and this one has {len(clauses)}.")
        return Query(clauses=tuple(clauses), either="OR" in joins)

    def _more(self) -> bool:
        """Say whether anything follows; two clauses have a space between them."""
        before = self._at
        self._take(_SPACE)
        if self._at == len(self._text):
            return False
        if self._at == before:
            raise self._unreadable("a space or the end")
        return True

    def _join(self) -> str:
        """Return what joins the next clause to the last: AND where nothing is said."""
        join = self._take(_JOIN)
        return "AND" if join is None else join[0].upper()

    def _clause(self) -> Clause:
        self._take(_SPACE)
        start = self._take(_FIELD)
        if start is None:
            raise self._unreadable("a field")
        minus, field = start.groups()
        if field not in self._fields:
            known = ", ".join(sorted(self._fields))
            raise _bad(f"Field '{shown(field)}' cannot be searched for. These can: {known}.")
        key = self._key() if field == METADATA else None
        operator = self._operator(field)
        value = self._value(field, operator)
        return Clause(field=field, key=key, operator=operator, value=value, negated=minus == "-")

    def _key(self) -> str:
        """Return the key in the brackets behind `metadata`."""
        found = self._take(_KEY)
        if found is None:
            raise self._unreadable("a key of metadata, as in metadata['key']")
        return _unescaped(found[2])

    def _operator(self, field: str) -> Operator:
        found = self._take(_OPERATOR)
        if found is None:
            raise self._unreadable("an operator")
        allowed = OPERATORS[self._fields[field]]
        if found[0] not in allowed:
            raise _bad(f"'{field}' does not go with {found[0]}, only with {' '.join(allowed)}.")
        return found[0]

    def _value(self, field: str, operator: Operator) -> str | int | None:
        quoted = self._take(_QUOTED)
        bare = self._take(_BARE) if quoted is None else None
        if quoted is None and bare is None:
            raise self._unreadable("a value in quotes")
        text = _unescaped(quoted[2]) if quoted else bare[0] if bare else ""
        if bare and text == _NULL:
            _refuse_compared_null(operator)
            return None
        if self._fields[field] == "number":
            return _number(field, text)
        if bare and not _DIGITS.fullmatch(text):
            raise _bad(f"The value {shown(text)} of '{field}' must stand in quotes.")
        return _searched(field, operator, text)

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self._text, self._at)
        if found is not None:
            self._at = found.end()
        return found

    def _unreadable(self, wanted: str) -> BadParam:
        if self._at >= len(self._text):
            return _bad(f"The query ends where {wanted} is expected.")
        rest = shown(self._text[self._at :])
        return _bad(f"The query has {rest} where {wanted} is expected.")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _refuse_compared_null(operator: Operator) -> None:
    if operator != ":":
        raise _bad(f"null goes with the operator : and not with {operator}.")


def _number(field: str, text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise _bad(f"'{field}' is a number, and {shown(text)} is none.")
    return int(text)


def _searched(field: str, operator: Operator, text: str) -> str:
    if not text:
        raise _bad(f"'{field}' is compared with nothing. To find what has no value, use null.")
    if operator == "~" and len(text) < PART_LENGTH_MIN:
        raise _bad(f"A part of '{field}' to search for has {PART_LENGTH_MIN} characters or more.")
    return text

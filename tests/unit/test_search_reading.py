"""What a search query says, and every way in which one can be wrong."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.wire.bad_param import BadParam
from service.wire.search.clauses import CUSTOMER_FIELDS, OPERATORS, Clause, Query
from service.wire.search.reading import read_query


def read(text: str) -> Query:
    return read_query(text, CUSTOMER_FIELDS)


def only(text: str) -> Clause:
    (clause,) = read(text).clauses
    return clause


CLAUSES: dict[str, Clause] = {
    "email:'jenny@example.com'": Clause(field="email", operator=":", value="jenny@example.com"),
    'name~"Rosen"': Clause(field="name", operator="~", value="Rosen"),
    "-name:'Jenny'": Clause(field="name", operator=":", value="Jenny", negated=True),
    "phone:5550123": Clause(field="phone", operator=":", value="5550123"),
    "created>=1790000000": Clause(field="created", operator=">=", value=1_790_000_000),
    "created<'1790000000'": Clause(field="created", operator="<", value=1_790_000_000),
    "metadata['order id']:'7'": Clause(field="metadata", key="order id", operator=":", value="7"),
    'metadata["a"]:null': Clause(field="metadata", key="a", operator=":", value=None),
    "-email:null": Clause(field="email", operator=":", value=None, negated=True),
    "name:'null'": Clause(field="name", operator=":", value="null"),
    r"name:'O\'Brien'": Clause(field="name", operator=":", value="O'Brien"),
    r'name:"a\\b \"c\" AND d"': Clause(field="name", operator=":", value='a\\b "c" AND d'),
    "  email:'a@b.example'  ": Clause(field="email", operator=":", value="a@b.example"),
}


@pytest.mark.parametrize("text", CLAUSES)
def test_a_clause_is_a_field_an_operator_and_a_value(text: str) -> None:
    """Quotes of both kinds, escapes, numbers, null and negation are read."""
    assert only(text) == CLAUSES[text]


@pytest.mark.parametrize("join", [" AND ", " and ", " ", "\n", " OR ", " or "])
def test_clauses_are_joined(join: str) -> None:
    """A space says AND; the words are said in capitals or not."""
    query = read(f"name:'Jenny'{join}created>1{join}phone:5")
    assert len(query.clauses) == 3
    assert query.either is (join.strip().upper() == "OR")


BAD: dict[str, str] = {
    "": "where a field is expected",
    "   ": "where a field is expected",
    "name": "where an operator is expected",
    "name:": "where a value in quotes is expected",
    "name:'Jenny": "where a value in quotes is expected",
    "name:Jenny": "must stand in quotes",
    "name:''": "use null",
    "name~'Je'": "3 characters or more",
    "name>'Jenny'": "only with : ~",
    "metadata:'1'": "metadata['key']",
    "metadata[a]:'1'": "metadata['key']",
    "metadata['a']~'value'": "only with :",
    "created~'179'": "only with : > < >= <=",
    "created:'yesterday'": "is a number",
    "created>null": "null goes with the operator :",
    "currency:'eur'": "cannot be searched for",
    "name:'a''b'": "a space or the end",
    "name:'Jenny' AND": "where a field is expected",
    "AND name:'Jenny'": "cannot be searched for",
    "name:'a' AND phone:1 OR phone:2": "not with both",
    "name:'a' phone:1 OR phone:2": "not with both",
    "(name:'Jenny')": "where a field is expected",
    " ".join(["phone:1"] * 11): "may have 10 clauses",
}


@pytest.mark.parametrize("text", BAD)
def test_what_cannot_be_read_is_told(text: str) -> None:
    """Each mistake has a sentence of its own, and `query` at fault."""
    with pytest.raises(BadParam) as bad:
        read(text)
    assert BAD[text] in bad.value.message
    assert bad.value.param == "query"


def test_a_card_number_is_not_told_back() -> None:
    """What a caller searched for by mistake does not show up in an error."""
    with pytest.raises(BadParam) as bad:
        read("number:4242424242424242 nonsense")
    assert "4242" not in bad.value.message


def quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def written(clause: Clause) -> str:
    """Write *clause* as a caller would."""
    key = "" if clause.key is None else f"[{quoted(clause.key)}]"
    shown = "null" if clause.value is None else str(clause.value)
    if isinstance(clause.value, str):
        shown = quoted(clause.value)
    return f"{'-' if clause.negated else ''}{clause.field}{key}{clause.operator}{shown}"


@st.composite
def clauses(draw: st.DrawFn) -> Clause:
    field = draw(st.sampled_from(sorted(CUSTOMER_FIELDS)))
    kind = CUSTOMER_FIELDS[field]
    operator = draw(st.sampled_from(OPERATORS[kind]))
    values: st.SearchStrategy[str | int | None] = st.text(min_size=3)
    if kind == "number":
        values = st.integers(min_value=-(10**17), max_value=10**17)
    if operator == ":":
        values |= st.none()
    return Clause(
        field=field,
        key=draw(st.text()) if field == "metadata" else None,
        operator=operator,
        value=draw(values),
        negated=draw(st.booleans()),
    )


@settings(max_examples=50)
@given(st.lists(clauses(), min_size=1, max_size=10), st.sampled_from([" ", " AND ", " OR "]))
def test_what_is_written_is_read(said: list[Clause], join: str) -> None:
    """Every query that can be said is read as it was meant."""
    query = read(join.join(map(written, said)))
    assert query.clauses == tuple(said)
    assert query.either is (join == " OR " and len(said) > 1)


@settings(max_examples=50)
@given(st.text(alphabet="nameil:~<>='\"\\[]()-AND OR1.\n", max_size=60) | st.text(max_size=60))
def test_whatever_is_sent_is_read_or_refused(text: str) -> None:
    """No text does anything else."""
    with suppress(BadParam):
        assert 1 <= len(read(text).clauses) <= 10

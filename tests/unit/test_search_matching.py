"""Whether a customer is what a query says, and where a search looks for it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from projections.fold import show
from projections.indexes import customers_of_term, indexes_of
from service.api.cursor import cursor_after, place_of_cursor
from service.api.search_plan import bounds_of
from service.api.search_plan import indexes_of as walked
from service.api.searching import Searched
from service.wire.bad_param import BadParam
from service.wire.search.clauses import CUSTOMER_FIELDS
from service.wire.search.matching import matcher
from service.wire.search.reading import read_query
from tests import histories as a

JENNY = Searched(
    created=1_790_000_000,
    email="Jenny@Example.com",
    metadata={"order": "A-7"},
    name="Jenny Rosen",
)


def found(text: str, customer: Searched = JENNY) -> bool:
    return matcher(read_query(text, CUSTOMER_FIELDS))(customer)


@pytest.mark.parametrize(
    "text",
    [
        "email:'jenny@example.com'",
        "email~'EXAMPLE'",
        "name:'jenny rosen'",
        "name~'ny Ro'",
        "metadata['order']:'a-7'",
        "metadata['tier']:null",
        "-metadata['order']:null",
        "phone:null",
        "-email:'ada@example.com'",
        "-phone:'5550123'",
        "created:1790000000",
        "created>1789999999",
        "created<=1790000000",
        "-created>1790000000",
        "name~'Jenny' created<1790000001",
        "phone:1 OR name~'Rosen'",
    ],
)
def test_is_found_by(text: str) -> None:
    """Texts are compared without regard to case; what is not there has no value."""
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        "name:'Jenny'",
        "email~'jennifer'",
        "metadata['order']:'A'",
        "metadata['Order']:'A-7'",
        "metadata['order']:null",
        "phone~'555'",
        "-name~'Rosen'",
        "created>1790000000",
        "created<1790000000",
        "name~'Jenny' phone:1",
        "phone:1 OR name~'Ada'",
    ],
)
def test_is_not_found_by(text: str) -> None:
    """A whole text is compared with `:`, keys of metadata as they are."""
    assert not found(text)


class TestPlan:
    def test_walks_the_list_of_an_exact_value(self) -> None:
        """Of several exact values, the one that tells most is taken."""
        query = read_query("name:'Jenny' metadata['order']:'7' created>1", CUSTOMER_FIELDS)
        assert walked(query) == (customers_of_term("metadata[order]", "7"),)

    def test_walks_the_lists_of_each_of_several(self) -> None:
        """Where any will do, each one's list is walked."""
        query = read_query("name:'Jenny' OR email:'a@b.example'", CUSTOMER_FIELDS)
        assert set(walked(query)) == {
            customers_of_term("name", "jenny"),
            customers_of_term("email", "A@B.example"),
        }

    @pytest.mark.parametrize(
        "text", ["name~'Jenny'", "-name:'Jenny'", "phone:null", "name:'Jenny' OR created>1"]
    )
    def test_walks_everything_else(self, text: str) -> None:
        """What may be anywhere is looked for everywhere."""
        assert walked(read_query(text, CUSTOMER_FIELDS)) == ()

    @pytest.mark.parametrize(
        ("text", "bounds"),
        [
            ("created>5 created>=7 created<20", (7, 20)),
            ("created:5", (5, 6)),
            ("created<=5 name~'Jenny'", (None, 6)),
            ("-created>5", (None, None)),
            ("created>5 OR created<3", (None, None)),
            ("name~'Jenny'", (None, None)),
        ],
    )
    def test_bounds_the_time(self, text: str, bounds: tuple[int | None, int | None]) -> None:
        """Only what was made at the right time is walked."""
        assert bounds_of(read_query(text, CUSTOMER_FIELDS)) == bounds

    @settings(max_examples=25)
    @given(
        st.text(min_size=1),
        st.dictionaries(st.text(max_size=40), st.text(min_size=1), max_size=3),
    )
    def test_finds_what_is_listed(self, name: str, metadata: dict[str, str]) -> None:
        """A customer is in the list that a search for any of its values walks."""
        event = replace(a.CUSTOMER_CREATED, attributes={"name": name, "metadata": metadata})
        shown = show(a.recorded(event))
        assert shown is not None
        listed = indexes_of(shown)
        assert customers_of_term("name", name) in listed
        assert all(customers_of_term(f"metadata[{k}]", v) in listed for k, v in metadata.items())


class TestCursor:
    def test_is_read_back(self) -> None:
        """A cursor is good for its own query."""
        assert place_of_cursor(cursor_after("cus_1", "name:'a'"), "name:'a'") == "cus_1"

    @pytest.mark.parametrize("cursor", ["", "wat", "####", cursor_after("cus_1", "phone:1")])
    def test_of_another_query_is_refused(self, cursor: str) -> None:
        """What is no cursor, or another search's, starts no page."""
        with pytest.raises(BadParam) as bad:
            place_of_cursor(cursor, "name:'a'")
        assert bad.value.param == "page"

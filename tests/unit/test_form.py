"""Form text becomes a tree, or is refused."""

import string
from contextlib import suppress
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.wire.bad_param import BadParam
from service.wire.declarations import read_params
from service.wire.form import MAX_DEPTH, MAX_NAME_LENGTH, MAX_PARAMETERS, Node, parse_form
from service.wire.params.customers import CustomerCreateParams
from service.wire.params.setup_intents import SetupIntentConfirmParams, SetupIntentCreateParams

TREES: list[tuple[bytes, Node]] = [
    (b"", {}),
    (b"&&", {}),
    (b"a", {"a": ""}),
    (b"a=", {"a": ""}),
    (b"a=b=c", {"a": "b=c"}),
    (b"a=1+2%2B3%20%C3%A9", {"a": "1 2+3 é"}),
    (b"a%5Bb%5D=1", {"a": {"b": "1"}}),
    (b"a[b][c]=1&a[b][d]=2", {"a": {"b": {"c": "1", "d": "2"}}}),
    (b"a[0]=x&a[5]=y", {"a": {"0": "x", "5": "y"}}),
    (b"a[]=x&a[]=y", {"a": {"": ["x", "y"]}}),
    (b"a[][b]=1&a[][c]=2&a[][b]=3", {"a": {"": [{"b": "1", "c": "2"}, {"b": "3"}]}}),
    (b"a[][b][c]=1&a[][b][d]=2", {"a": {"": [{"b": {"c": "1", "d": "2"}}]}}),
    (b"a[]=x&a[][b]=1", {"a": {"": ["x", {"b": "1"}]}}),
    (b"a=%zz", {"a": "%zz"}),
]

REFUSED = [
    b"=1",
    b"a[b=1",
    b"a]=1",
    b"a[b]c=1",
    b"a[[b]]=1",
    b"[a]=1",
    b"a=\xff",
    b"a=%ff",
    b"%ff=1",
    b"a=%ED%A0%80",
    b"a=\x00",
    b"a=%00",
    b"a=1&a[b]=2",
    b"a[b]=1&a=2",
    b"a[b]=1&a[b][c]=2",
    b"a[b]=1&a[b][]=2",
    b"a" * (MAX_NAME_LENGTH + 1) + b"=1",
    b"a" + b"[b]" * MAX_DEPTH + b"=1",
    b"a[]" + b"[]" * MAX_DEPTH + b"=1",
    b"&".join([b"a=1"] * (MAX_PARAMETERS + 1)),
    b"&" * MAX_PARAMETERS,
]


def test_a_value_without_a_name_is_told_so() -> None:
    """What stands before the sign of equality is missing, and not a bracket."""
    with pytest.raises(BadParam, match="no name"):
        parse_form(b"a=1&=2")


@pytest.mark.parametrize(("encoded", "tree"), TREES)
def test_brackets_make_the_tree(encoded: bytes, tree: Node) -> None:
    """Brackets nest, whether they are escaped or not, and nothing else does."""
    assert parse_form(encoded) == tree


def test_the_last_of_a_repeated_scalar_counts() -> None:
    """A scalar that is sent twice has the value that came last, at every level."""
    assert parse_form(b"a=1&b[c]=1&a=2&b[c]=2") == {"a": "2", "b": {"c": "2"}}


@pytest.mark.parametrize("encoded", REFUSED)
def test_what_is_not_a_form_is_refused(encoded: bytes) -> None:
    """What breaks a rule or a bound of forms is refused as a bad parameter."""
    with pytest.raises(BadParam):
        parse_form(encoded)


@pytest.mark.parametrize(
    ("encoded", "name"),
    [
        (b"a=1&a[b]=2", "a"),
        (b"a[b]=1&a=2", "a"),
        (b"a[b]=1&a[b][c]=2", "a[b]"),
        (b"a[b][c][d]=1&a[b][c]=2", "a[b][c]"),
    ],
)
def test_a_name_that_is_two_things_is_told(encoded: bytes, name: str) -> None:
    """What is sent both as a value and with brackets is named, to the last bracket."""
    with pytest.raises(BadParam) as refused:
        parse_form(encoded)
    assert refused.value.param == name
    assert refused.value.message.startswith(f"'{name}' ")


def test_bytes_that_are_no_text_are_told() -> None:
    """What is no UTF-8 is said to be none."""
    with pytest.raises(BadParam, match="UTF-8"):
        parse_form(b"a=%ff")


def test_bounds_are_inclusive() -> None:
    """A form may be as deep, as long and as wide as the bounds say."""
    deep = b"a" + b"[b]" * (MAX_DEPTH - 1) + b"=1"
    assert parse_form(deep)
    assert parse_form(b"a" * MAX_NAME_LENGTH + b"=1")
    assert len(parse_form(b"&".join(b"a%d=1" % at for at in range(MAX_PARAMETERS)))) == (
        MAX_PARAMETERS
    )


def test_escaped_names_are_measured_unescaped() -> None:
    """A long name counts in characters, not in the bytes of their escapes."""
    name = "é" * MAX_NAME_LENGTH
    assert parse_form(quote(name).encode() + b"=1") == {name: "1"}


def test_a_refused_name_is_not_shown_when_it_may_be_a_card() -> None:
    """A card number in the place of a name is blotted out of the message."""
    with pytest.raises(BadParam) as refusal:
        parse_form(b"a[4242424242424242=1")
    assert "4242" not in refusal.value.message


PIECES = st.sampled_from(
    [
        *("a", "card", "metadata", "expand", "confirm", "customer", "created", "0", "1", "99"),
        *("[", "]", "[]", "[0]", "[card]", "[b]", "=", "&", "+", "%5B", "%5D", "%00", "%", "%f"),
        *("payment_method_options", "payment_method_data", "[mandate_options]", "[number]"),
        *("true", "x" * 600, "é", "\udc80", "9" * 30, "-", "٣", ""),
    ]
)
SOUP = st.lists(PIECES, max_size=40).map("".join)
BYTES = st.one_of(st.binary(max_size=200), SOUP.map(lambda s: s.encode(errors="surrogateescape")))


@pytest.mark.parametrize(
    "declared", [SetupIntentCreateParams, SetupIntentConfirmParams, CustomerCreateParams]
)
@given(encoded=BYTES)
def test_any_bytes_are_read_or_refused(
    declared: type[SetupIntentCreateParams], encoded: bytes
) -> None:
    """Whatever is sent, there is a value or a bad parameter, and never another exception."""
    with suppress(BadParam):
        assert isinstance(read_params(declared, parse_form(encoded)), declared)


KEYS = st.text(string.ascii_letters + string.digits + "é _.", min_size=1, max_size=6)
VALUES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=10)


@given(
    tree=st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES, min_size=1, max_size=3), max_size=3)
)
def test_what_was_escaped_comes_back(tree: dict[str, dict[str, str]]) -> None:
    """Encoding a tree of hashes and parsing it gives the same tree."""
    encoded = "&".join(
        f"{quote(f'{outer}[{inner}]')}={quote(value)}"
        for outer, hash_ in tree.items()
        for inner, value in hash_.items()
    )
    assert parse_form(encoded.encode()) == tree

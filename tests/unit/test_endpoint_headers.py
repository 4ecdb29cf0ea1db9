"""Which headers may be sent along with what an endpoint is told."""

import string
from typing import Final

import pytest
from aiohttp.http_writer import _serialize_headers
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from service.domain.endpoint_headers import (
    HEADERS_MAX,
    LENGTH_MAX,
    NAME_LENGTH_MAX,
    doubled,
    is_value,
    why_not_named,
    why_too_many,
)

TOKEN: Final = string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~"

ALLOWED = [
    "Authorization",
    "X-Api-Key",
    "x-tenant",
    "X-Custom_Header.v2",
    "traceparent",
    "CF-Access-Client-Id",
    "a" * NAME_LENGTH_MAX,
]
FORBIDDEN = [
    "Host",
    "content-length",
    "Content-Type",
    "Content-Encoding",
    "Transfer-Encoding",
    "TE",
    "Trailer",
    "Upgrade",
    "Connection",
    "Keep-Alive",
    "Proxy-Authorization",
    "Proxy-Connection",
    "Expect",
    "Accept",
    "Accept-Encoding",
    "User-Agent",
    "Cookie",
    "Set-Cookie",
    "Date",
    "Range",
    "If-None-Match",
    "Via",
    "Forwarded",
    "X-Forwarded-For",
    "X-Real-IP",
    "Origin",
    "Sec-Fetch-Mode",
    "Stripe-Signature",
    "STRIPE-SIGNATURE",
    "Stripe-Anything",
    "webhook-id",
    "Webhook-Signature",
    "webhook-timestamp",
    "Seti-Anything",
]
NO_TOKENS = ["", " ", "X A", "X:A", "X-A ", "X\r\nY", "X\0", "X-é", "X\u2028", "(x)", "a" * 101]
VALUES = ["x", "Bearer a.b-c_d==", "a  b", "~!@#$%^&*()", "x" * 4000]
NO_VALUES = [
    "",
    " ",
    " x",
    "x ",
    "a\r\nB: c",
    "a\nb",
    "a\0",
    "a\tb",
    "\x7f",
    "é",
    "a\u2028b",
    "x\n",
]


@pytest.mark.parametrize("name", ALLOWED)
def test_takes_a_name(name: str) -> None:
    """What a gateway may want to see can be sent."""
    assert why_not_named(name) is None


@pytest.mark.parametrize("name", FORBIDDEN)
def test_refuses_what_is_not_the_owners(name: str) -> None:
    """What makes a request, hides who sends it, or signs it, is ours in any case of letters."""
    reason = why_not_named(name)
    assert reason is not None
    assert "sender" in reason


@pytest.mark.parametrize("name", NO_TOKENS, ids=ascii)
def test_refuses_what_is_no_name(name: str) -> None:
    """A name that is no token would end where nobody looks."""
    reason = why_not_named(name)
    assert reason is not None
    assert "letters" in reason


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value[:9])
def test_takes_a_value(value: str) -> None:
    """Visible ASCII may be sent, and blanks inside it."""
    assert is_value(value)


@pytest.mark.parametrize("value", NO_VALUES, ids=ascii)
def test_refuses_a_value(value: str) -> None:
    """Control characters, blanks around and what is not ASCII may not."""
    assert not is_value(value)


def test_finds_what_is_there_twice() -> None:
    """A name is the same in any case."""
    assert doubled(["X-A", "X-B", "x-a"]) == "x-a"
    assert doubled(["X-A", "X-B"]) is None


def test_counts() -> None:
    """There may be so many headers, and so many characters of them, and no more."""
    assert why_too_many({f"X-{i}": "v" for i in range(HEADERS_MAX)}) is None
    assert why_too_many({f"X-{i}": "v" for i in range(HEADERS_MAX + 1)}) is not None
    assert why_too_many({"X-A": "v" * (LENGTH_MAX - 3)}) is None
    assert why_too_many({"X-A": "v" * (LENGTH_MAX - 2)}) is not None


@given(
    name=st.text(max_size=20) | st.text(alphabet=TOKEN, min_size=1, max_size=20),
    value=st.text(max_size=40) | st.text(alphabet=st.characters(max_codepoint=127), max_size=40),
)
def test_what_is_taken_is_one_line(name: str, value: str) -> None:
    """Whatever passes is written as one header, byte for byte as it was given."""
    if why_not_named(name) is None and is_value(value):
        written = _serialize_headers("POST / HTTP/1.1", CIMultiDict({name: value}))
        assert written.split(b"\r\n")[1:-2] == [f"{name}: {value}".encode("ascii")]

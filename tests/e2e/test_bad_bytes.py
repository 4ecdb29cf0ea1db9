"""Requests that no client would send: torn, oversized, compressed, or no HTTP at all."""

import gzip
import zlib

import pytest

from service.config import BODY_BYTES_MAX
from tests.e2e.intents import INTENTS
from tests.e2e.raw import FORM, exchange, head, post
from tests.e2e.server import SECRET_KEY, Server

GOOD = b"description=x"
CHUNKED = "Transfer-Encoding: chunked"
MEBIBYTE = b"a" * BODY_BYTES_MAX

pytestmark = pytest.mark.usefixtures("unchanged")


def _chunk(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(body), body)


REFUSED: dict[str, tuple[int, bytes]] = {
    "1 MiB and a byte": (413, post(INTENTS, MEBIBYTE + b"=")),
    "1 MiB of no parameter": (400, post(INTENTS, MEBIBYTE)),
    "5 GB announced": (413, head("POST", INTENTS, FORM, "Content-Length: 5000000000")),
    "2 MiB in chunks": (
        413,
        head("POST", INTENTS, FORM, CHUNKED) + _chunk(MEBIBYTE) + _chunk(MEBIBYTE) + _chunk(b""),
    ),
    "a chunk of no size": (400, head("POST", INTENTS, FORM, CHUNKED) + b"zz\r\n" + GOOD),
    "a chunk of negative size": (400, head("POST", INTENTS, FORM, CHUNKED) + b"-1\r\n" + GOOD),
    "length and chunks": (
        400,
        head("POST", INTENTS, FORM, CHUNKED, "Content-Length: 13") + _chunk(GOOD) + _chunk(b""),
    ),
    "two lengths": (400, post(INTENTS, GOOD, "Content-Length: 3")),
    "negative length": (400, head("POST", INTENTS, FORM, "Content-Length: -13") + GOOD),
    "length of words": (400, head("POST", INTENTS, FORM, "Content-Length: all") + GOOD),
    "gzip": (400, post(INTENTS, gzip.compress(GOOD), "Content-Encoding: gzip")),
    "torn gzip": (400, post(INTENTS, gzip.compress(GOOD)[:12], "Content-Encoding: gzip")),
    "deflate bomb": (
        400,
        post(INTENTS, zlib.compress(MEBIBYTE * 50), "Content-Encoding: deflate"),
    ),
    "unknown encoding": (400, post(INTENTS, GOOD, "Content-Encoding: wat")),
    "unknown expectation": (417, post(INTENTS, GOOD, "Expect: wat")),
    "NUL in the address": (400, head("GET", INTENTS + "\0")),
    "NUL in a header": (400, head("GET", INTENTS, "X-A: a\0b")),
    "line feed in a header": (400, head("GET", INTENTS, "X-A: a\n b:")),
    "raw bytes in the address": (400, head("GET", INTENTS + "/\xff\xfe")),
    "raw bytes in the key of idempotency": (400, post(INTENTS, GOOD, "Idempotency-Key: \xff")),
    "raw bytes in the version": (400, post(INTENTS, GOOD, "Stripe-Version: \xff")),
    "raw bytes in the account": (403, post(INTENTS, GOOD, "Stripe-Account: \xff")),
    "raw bytes in the content type": (
        400,
        head("POST", INTENTS, "Content-Type: text/\xff", "Content-Length: 13") + GOOD,
    ),
    "a header of 100 KB": (400, head("GET", INTENTS, "X-A: " + "a" * 100_000)),
    "5,000 headers": (400, head("GET", INTENTS, *(f"X-{n}: a" for n in range(5000)))),
    "an address of 100 KB": (400, head("GET", f"{INTENTS}?a=" + "a" * 100_000)),
    "a method in small letters": (400, head("get", INTENTS)),
    "a method of 500 letters": (400, head("X" * 500, INTENTS)),
    "a later HTTP": (400, b"GET /v1/setup_intents HTTP/3.0\r\n\r\n"),
    "no HTTP": (400, b"GET /v1/setup_intents WAT\r\nHost: a\r\n\r\n"),
    "dots in the address": (404, head("GET", "/v1/../v1/setup_intents")),
    "two slashes": (404, head("GET", "//v1/setup_intents")),
    "CONNECT": (404, head("CONNECT", "example.com:443")),
    "OPTIONS of everything": (404, head("OPTIONS", "*")),
}


@pytest.mark.parametrize("row", REFUSED)
def test_is_refused(quiet_server: Server, row: str) -> None:
    """Whatever cannot be read is told so at once, and nothing of it is shown back."""
    status, request = REFUSED[row]
    answer = exchange(quiet_server.url, request)
    assert answer is not None
    assert answer.status == status
    assert SECRET_KEY.encode() not in answer.body
    assert b"aaaaaaaaaa" not in answer.body
    assert answer.error["type"] == "invalid_request_error"
    assert answer.headers["request-id"].startswith("req_")
    assert answer.headers["server"] == "Seti"


@pytest.mark.parametrize("row", ["a header of 100 KB", "an address of 100 KB"])
def test_what_is_too_long_is_told_so(quiet_server: Server, row: str) -> None:
    """Who sends a long query learns how long one may be, and not that it is no HTTP."""
    answer = exchange(quiet_server.url, REFUSED[row][1])
    assert answer is not None
    assert answer.error["message"].endswith("is longer than 8,190 bytes.")


@pytest.mark.parametrize(
    "header",
    [
        f"Authorization: Bearer {SECRET_KEY}\0",
        f"Authorization: Bearer {SECRET_KEY}\x01",
        f"Authorization : Bearer {SECRET_KEY}",
        "Authorization: Bearer \xff",
        "Authorization: Basic /////w==",
    ],
)
def test_a_key_that_cannot_be_read(quiet_server: Server, header: str) -> None:
    """A key that is no text is refused, and shown neither to the caller nor to the log."""
    since = len(quiet_server.output)
    request = f"GET {INTENTS} HTTP/1.1\r\nHost: a\r\n{header}\r\n\r\n".encode("latin-1")
    answer = exchange(quiet_server.url, request)
    assert answer is not None
    assert answer.status in (400, 401)
    assert SECRET_KEY.encode() not in answer.body
    assert SECRET_KEY not in "".join(quiet_server.output.lines[since:])


TORN: dict[str, bytes] = {
    "nothing": b"",
    "half a head": head("POST", INTENTS, FORM)[:40],
    "a head": head("POST", INTENTS, FORM, "Content-Length: 100"),
    "half a body": head("POST", INTENTS, FORM, "Content-Length: 100") + GOOD,
    "half a chunk": head("POST", INTENTS, FORM, CHUNKED) + b"d\r\ndescri",
    "no last chunk": head("POST", INTENTS, FORM, CHUNKED) + _chunk(GOOD),
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
}


@pytest.mark.parametrize("row", TORN)
def test_is_torn(quiet_server: Server, row: str) -> None:
    """A request that ends before it is whole is not carried out, and is no fault of ours."""
    answer = exchange(quiet_server.url, TORN[row], hang_up=True)
    assert answer is None or answer.status in (400, 408)


def test_http_0_9_brings_no_key(quiet_server: Server) -> None:
    """A request without headers is whole, and refused like any other that has no key."""
    answer = exchange(quiet_server.url, b"GET /v1/setup_intents\r\n\r\n", hang_up=True)
    assert answer is None or answer.status in (400, 401)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "TRACE", "WAT"])
def test_other_methods(quiet_server: Server, method: str) -> None:
    """A method that is not an operation's changes nothing."""
    answer = exchange(quiet_server.url, head(method, INTENTS, "Connection: close"))
    assert answer is not None
    assert answer.status in (400, 404)


def test_a_read_with_a_body(quiet_server: Server) -> None:
    """The body of a GET is no parameter of it."""
    request = head("GET", INTENTS, FORM, "Content-Length: 5") + b"wat=1"
    answer = exchange(quiet_server.url, request)
    assert answer is not None
    assert answer.object["object"] == "list"


def test_two_requests_in_one_go(quiet_server: Server) -> None:
    """What follows a body is the next request, and no part of the first."""
    request = post(INTENTS, b"wat=1") + head("GET", "/v1/who")
    answer = exchange(quiet_server.url, request)
    assert answer is not None
    assert answer.refusal == (400, "invalid_request_error", "parameter_unknown", "wat")

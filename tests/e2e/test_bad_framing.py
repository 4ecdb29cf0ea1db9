"""Where a request begins and ends, in every way in which two readers may disagree about it."""

import socket
from urllib.parse import urlsplit

import pytest

from tests.e2e.client import Api, basic
from tests.e2e.intents import INTENTS
from tests.e2e.raw import FORM, TIMEOUT_S, exchange, head, post
from tests.e2e.server import SECRET_KEY, Server

GOOD = b"description=x"
CHUNKED = "Transfer-Encoding: chunked"
CHUNKS = b"d\r\ndescription=x\r\n0\r\n\r\n"
NEXT = head("GET", "/v1/smuggled", "Connection: close")
OLD = f"POST {INTENTS} HTTP/1.0\r\nHost: a\r\nAuthorization: {basic(SECRET_KEY)}\r\n{FORM}\r\n"


def answers(server: Server, request: bytes) -> bytes:
    """Return everything that is answered to *request*, until the server has nothing more to say."""
    place = urlsplit(server.url)
    with socket.create_connection((place.hostname, place.port), timeout=TIMEOUT_S) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


AMBIGUOUS: dict[str, bytes] = {
    "a length and chunks": head("POST", INTENTS, FORM, "Content-Length: 4", CHUNKED) + b"0\r\n\r\n",
    "chunks and a length": head("POST", INTENTS, FORM, CHUNKED, "Content-Length: 4") + b"0\r\n\r\n",
    "two lengths that agree": post(INTENTS, GOOD, "Content-Length: 13"),
    "a list of lengths": head("POST", INTENTS, FORM, "Content-Length: 13, 13") + GOOD,
    "a signed length": head("POST", INTENTS, FORM, "Content-Length: +13") + GOOD,
    "a length in hex": head("POST", INTENTS, FORM, "Content-Length: 0xd") + GOOD,
    "a length of nothing": head("POST", INTENTS, FORM, "Content-Length: ") + GOOD,
    "a length with an underscore": head("POST", INTENTS, FORM, "Content-Length: 1_3") + GOOD,
    "chunks twice": head("POST", INTENTS, FORM, CHUNKED, CHUNKED) + CHUNKS,
    "chunks that are not the last coding": head(
        "POST", INTENTS, FORM, "Transfer-Encoding: chunked, identity"
    )
    + CHUNKS,
    "an unknown coding": head("POST", INTENTS, FORM, "Transfer-Encoding: xchunked") + CHUNKS,
    "a coding after a vertical tab": head("POST", INTENTS, FORM, "Transfer-Encoding:\x0bchunked")
    + CHUNKS,
    "a space before a colon": head("POST", INTENTS, FORM, "Transfer-Encoding : chunked") + CHUNKS,
    "a folded header": head("GET", INTENTS, "X-A: a\r\n b"),
    "a bare line feed": head("GET", INTENTS).replace(b"\r\n", b"\n"),
    "a bare carriage return": head("GET", INTENTS, "X-A: a\rTransfer-Encoding: chunked"),
    "no host": head("GET", INTENTS).replace(b"Host: seti.example\r\n", b""),
    "two hosts": head("GET", INTENTS, "Host: b.example"),
    "a space in the target": head("GET", INTENTS + " x"),
    "a chunk's extension with a line feed": head("POST", INTENTS, FORM, CHUNKED)
    + b"d;a=b\ndescription=x\r\n0\r\n\r\n",
    "a chunk of 80 bits": head("POST", INTENTS, FORM, CHUNKED) + b"f" * 20 + b"\r\n" + GOOD,
    "the preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "everything as a target": head("GET", "*"),
    "a name and a port as a target": head("GET", "seti.example:80"),
}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("row", AMBIGUOUS)
def test_what_may_be_read_in_two_ways_is_refused(quiet_server: Server, row: str) -> None:
    """It is 400, nothing of it is carried out, and what follows is not taken for a request."""
    told = answers(quiet_server, AMBIGUOUS[row] + NEXT)
    assert told.count(b"HTTP/1.") == 1
    assert told.split(b" ", 2)[1] == b"400"
    assert b"smuggled" not in told
    assert b"Request-Id: req_" in told


UNREAD: dict[str, bytes] = {
    "gzip within chunks": head("POST", INTENTS, FORM, "Transfer-Encoding: gzip, chunked") + CHUNKS,
    "chunks over HTTP/1.0": f"{OLD}{CHUNKED}\r\n\r\n".encode() + CHUNKS,
}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("row", UNREAD)
def test_a_coding_that_is_not_spoken_is_refused(quiet_server: Server, row: str) -> None:
    """A body is chunked or has a length: another coding is refused, and nothing is changed."""
    answer = exchange(quiet_server.url, UNREAD[row])
    assert answer is not None
    assert answer.refusal == (400, "invalid_request_error", None, None)


TARGETS: dict[str, tuple[int, str]] = {
    "absolute": (200, f"http://seti.example{INTENTS}"),
    "absolute, of somebody else": (200, f"https://elsewhere.example{INTENTS}?limit=1"),
    "escaped letters": (200, "/v1/%73etup_intents"),
    "a query of nothing": (200, f"{INTENTS}?&&"),
    "two slashes first": (404, f"/{INTENTS}"),
    "two slashes within": (404, "/v1//setup_intents"),
    "a slash at the end": (404, f"{INTENTS}/"),
    "a slash after an id": (404, f"{INTENTS}/seti_1/"),
    "an escaped slash": (404, f"{INTENTS}/seti_1%2Fconfirm"),
    "escaped dots": (404, "/v1/customers/%2e%2e/setup_intents"),
    "an escaped NUL": (404, f"{INTENTS}/seti_%00"),
    "a torn escape": (404, f"{INTENTS}/seti_%zz"),
    "escaped bytes that are no UTF-8": (404, f"{INTENTS}/seti_%FF"),
    "a path's parameter": (404, f"{INTENTS};limit=1"),
}


@pytest.mark.parametrize("row", TARGETS)
def test_targets(quiet_server: Server, row: str) -> None:
    """A target is the one resource that it names, or none: never another by normalising."""
    status, target = TARGETS[row]
    answer = exchange(quiet_server.url, head("GET", target, "Connection: close"))
    assert answer is not None
    assert answer.status == status
    assert answer.headers["request-id"].startswith("req_")


@pytest.mark.usefixtures("unchanged")
def test_an_escaped_slash_does_not_reach_an_operation(quiet_server: Server) -> None:
    """What is escaped belongs to the id, so that it does not cancel."""
    answer = exchange(quiet_server.url, post(f"{INTENTS}/seti_1%2Fcancel", b""))
    assert answer is not None
    assert answer.refusal == (404, "invalid_request_error", "resource_missing", "intent")


class TestOneAfterTheOther:
    def test_pipelined_requests_are_answered_in_order(self, quiet_server: Server) -> None:
        """Requests that are sent at once are answered one by one, each with its own id."""
        many = b"".join(head("GET", f"/v1/number{n}") for n in range(20))
        told = answers(quiet_server, many + NEXT)
        places = [told.find(f"/v1/number{n})".encode()) for n in range(20)]
        assert places == sorted(places)
        assert told.count(b"HTTP/1.1 404") == 21
        assert told.count(b"Request-Id: req_") == 21

    def test_the_body_of_a_read_is_not_the_next_request(self, quiet_server: Server) -> None:
        """What a GET brings along is skipped, however it is framed."""
        told = answers(quiet_server, head("GET", INTENTS, CHUNKED) + CHUNKS + NEXT)
        assert [told.count(b"HTTP/1.1 200"), told.count(b"HTTP/1.1 404")] == [1, 1]

    def test_trailers_are_no_headers(self, quiet_server: Server) -> None:
        """What follows the last chunk changes nothing of who calls."""
        body = b"4\r\na=b&\r\n0\r\nStripe-Account: acct_x\r\n\r\n"
        answer = exchange(quiet_server.url, head("POST", INTENTS, FORM, CHUNKED) + body)
        assert answer is not None
        assert answer.refusal[2:] == ("parameter_unknown", "a")

    @pytest.mark.parametrize("protocol", ["h2c", "websocket", "wat"])
    def test_an_upgrade_is_declined(self, quiet_server: Server, protocol: str) -> None:
        """There is nothing to upgrade to: the request is answered, and so is the next one."""
        with Api(quiet_server.url, SECRET_KEY) as api:
            upgrade = {"Connection": "Upgrade", "Upgrade": protocol}
            assert api.call("GET", INTENTS, headers=upgrade).status == 200
            assert api.get("/v1/next").status == 404

    def test_a_tunnel_is_refused_and_closed(self, quiet_server: Server) -> None:
        """Nobody is connected to anybody: what follows a CONNECT is not read."""
        told = answers(quiet_server, head("CONNECT", "elsewhere.example:443") + head("GET", "/v1"))
        assert told.count(b"HTTP/1.1 404") == 1

    def test_http_1_0_is_spoken(self, quiet_server: Server) -> None:
        """A client of HTTP/1.0 is answered, and the connection closed."""
        told = answers(quiet_server, OLD.replace("POST", "GET").encode() + b"\r\n")
        assert told.startswith(b"HTTP/1.0 200 OK")


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "DELETE", "PURGE"])
def test_nothing_is_shown_back_to_other_methods(quiet_server: Server, method: str) -> None:
    """A method that is no operation's is not found, and echoes nothing."""
    request = head(method, INTENTS, "X-Inner: 4242424242424242", "Connection: close")
    told = answers(quiet_server, request)
    assert told.startswith(b"HTTP/1.1 404")
    assert b"4242424242424242" not in told


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override: DELETE", "X-Method-Override: GET"])
def test_no_header_is_a_method(quiet_server: Server, header: str) -> None:
    """A POST is a POST, whatever a header says."""
    answer = exchange(quiet_server.url, post("/v1/customers", b"", header))
    assert answer is not None
    assert answer.object["object"] == "customer"


@pytest.mark.parametrize(
    "pieces",
    [
        [head("GET", INTENTS)[at : at + 16] for at in range(0, len(head("GET", INTENTS)), 16)],
        [head("POST", INTENTS, FORM, "Content-Length: 13"), *(bytes([one]) for one in GOOD)],
        [head("POST", INTENTS, FORM, CHUNKED), *(bytes([one]) for one in CHUNKS)],
    ],
    ids=["head", "body", "chunks"],
)
def test_a_request_may_come_in_pieces(quiet_server: Server, pieces: list[bytes]) -> None:
    """However a request is cut into packets, it is the same request."""
    answer = exchange(quiet_server.url, pieces)
    assert answer is not None
    assert answer.status == 200


def test_what_is_expected_and_known_is_met(quiet_server: Server) -> None:
    """A client that waits to be told to go on is told so, and then answered."""
    asked = head(
        "POST", INTENTS, FORM, "Content-Length: 13", "Expect: 100-continue", "Connection: close"
    )
    told = answers(quiet_server, asked + GOOD)
    assert told.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")

"""Requests as bytes, for what no HTTP client would send."""

import http.client
import socket
from collections.abc import Iterable
from contextlib import suppress
from typing import Final
from urllib.parse import parse_qs, urlsplit

from tests.e2e.answers import assert_answered
from tests.e2e.client import Answer, basic
from tests.e2e.server import SECRET_KEY

FORM: Final = "Content-Type: application/x-www-form-urlencoded"
TIMEOUT_S: Final = 15.0


def head(method: str, target: str, *headers: str) -> bytes:
    """Return the head of a request with the secret key."""
    lines = [
        f"{method} {target} HTTP/1.1",
        "Host: seti.example",
        f"Authorization: {basic(SECRET_KEY)}",
        *headers,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def post(target: str, body: bytes, *headers: str) -> bytes:
    """Return a whole POST of a form."""
    return head("POST", target, FORM, f"Content-Length: {len(body)}", *headers) + body


def exchange(url: str, request: bytes | Iterable[bytes], *, hang_up: bool = False) -> Answer | None:
    """
    Send *request* and return the first answer, or None where there is none.

    A server may answer before it has read everything. With *hang_up* it is we who go, once
    everything is sent.
    """
    parts = [request] if isinstance(request, bytes) else list(request)
    method = parts[0].partition(b" ")[0].decode(errors="replace")
    place = urlsplit(url)
    with socket.create_connection((place.hostname, place.port), timeout=TIMEOUT_S) as connection:
        with suppress(ConnectionError):
            for part in parts:
                connection.sendall(part)
            if hang_up:
                connection.shutdown(socket.SHUT_WR)
        answer = _answer(connection, method)
    if answer is not None and b" /v1/" in parts[0].partition(b"\r\n")[0]:
        assert_answered(answer.status, answer.headers, answer.body, _sent(parts[0]))
    return answer


def _sent(request: bytes) -> dict[str, str]:
    """Return the headers of *request* that can be read, with a key that is in its address."""
    first, *lines = request.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    sent = {name: value.strip() for name, _, value in pairs}
    key = parse_qs(urlsplit(first.split(" ")[1]).query).get("key")
    return {"Authorization": f"Bearer {key[0]}"} | sent if key else sent


def _answer(connection: socket.socket, method: str) -> Answer | None:
    response = http.client.HTTPResponse(connection, method=method)
    try:
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, headers, response.read())
    except (http.client.BadStatusLine, ConnectionError):
        return None
    finally:
        response.close()

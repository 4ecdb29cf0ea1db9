"""The commands' client against servers that answer well, badly, or not at all."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from service.calling import ApiRefused, Unreachable
from service.calling.client import Client

KEY = "sk_test_NobodyMaySeeThis"
LINES = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
)


@contextmanager
def answering(answer: bytes) -> Iterator[tuple[Client, list[bytes]]]:
    """Give a client of a server that answers one call with *answer*, and what it was asked."""
    asked: list[bytes] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                asked.append(connection.recv(65536))
                connection.sendall(answer)

        serving = threading.Thread(target=serve)
        serving.start()
        yield Client(f"http://127.0.0.1:{listening.getsockname()[1]}/", KEY), asked
        serving.join()


def whole(status: str, body: bytes) -> bytes:
    return b"HTTP/1.1 %b\r\nContent-Length: %d\r\n\r\n%b" % (status.encode(), len(body), body)


def chunk(content: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(content), content)


class TestCall:
    def test_returns_the_object(self) -> None:
        """An answer is its object; the query and the key go along."""
        with answering(whole("200 OK", b'{"id":"x"}')) as (client, asked):
            assert client.get("/seti/v1/things", {"limit": 3}) == {"id": "x"}
        assert asked[0].startswith(b"GET /seti/v1/things?limit=3 HTTP/1.1\r\n")
        assert f"Authorization: Bearer {KEY}".encode() in asked[0]

    def test_tells_a_refusal_in_its_own_words(self) -> None:
        """What the API refuses is told with its sentence, code and param."""
        body = b'{"error":{"message":"Not so.","code":"resource_missing","param":"id"}}'
        with (
            answering(whole("404 Not Found", body)) as (client, _),
            pytest.raises(ApiRefused) as no,
        ):
            client.post("/seti/v1/things")
        assert (str(no.value), no.value.status) == ("Not so.", 404)
        assert (no.value.code, no.value.param) == ("resource_missing", "id")

    @pytest.mark.parametrize(
        "answer",
        [
            b"",
            b"SSH-2.0-OpenSSH_9.2\r\n",
            whole("200 OK", b"<html>"),
            whole("502 Bad Gateway", b"<html>"),
            b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n",
        ],
        ids=["nothing", "no HTTP", "no JSON", "a gateway", "a redirect"],
    )
    def test_tells_where_no_seti_answers(self, answer: bytes) -> None:
        """Whatever else answers there is one sentence without the key, and is not followed."""
        with answering(answer) as (client, _), pytest.raises(Unreachable) as no:
            client.get("/seti/v1/things")
        assert str(no.value).startswith(f"no answer from {client.base_url} (")
        assert KEY not in str(no.value)

    def test_tells_where_nobody_listens(self) -> None:
        """A refused connection is one sentence."""
        with pytest.raises(Unreachable, match=r"^no answer from http://127.0.0.1:9 \(.*refused"):
            Client("http://127.0.0.1:9", KEY).get("/")


class TestLines:
    def test_come_one_by_one(self) -> None:
        """Lines are given whole, however they were cut on the way."""
        answer = LINES + chunk(b'{"a":1}\n{"b"') + chunk(b":2}\n") + chunk(b"")
        with answering(answer) as (client, _):
            assert list(client.lines("/seti/v1/log")) == [b'{"a":1}', b'{"b":2}']

    @pytest.mark.parametrize("rest", [b"", chunk(b'{"b"'), b"40\r\n{"])
    def test_tell_where_they_break_off(self, rest: bytes) -> None:
        """A stream without its end is no whole one, wherever it was cut."""
        with answering(LINES + chunk(b'{"a":1}\n') + rest) as (client, _):
            lines = client.lines("/seti/v1/log")
            assert next(lines) == b'{"a":1}'
            with pytest.raises(Unreachable):
                next(lines)

    def test_tell_of_an_error_on_the_way(self) -> None:
        """A line that holds an error ends the stream as a refusal does."""
        answer = LINES + chunk(b'{"error":{"message":"The store does not answer."}}\n') + chunk(b"")
        with answering(answer) as (client, _), pytest.raises(ApiRefused, match="does not answer"):
            list(client.lines("/seti/v1/log"))

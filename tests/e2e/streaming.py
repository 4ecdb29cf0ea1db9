"""A reader of streams, on a connection of its own: it reads as slowly as a test likes."""

import http.client
import json
import socket
from typing import Any, Final, Self
from urllib.parse import urlsplit

from tests.e2e.client import TIMEOUT_S, Form, basic, encoded
from tests.e2e.server import SECRET_KEY
from tests.shapes import assert_shaped

# So little is kept between a reader that does not read and the server.
_BUFFER_BYTES: Final = 4096
Line = dict[str, Any]


class Stream:
    """What the server at *url* streams at *path*, line by line, each of them as declared."""

    def __init__(
        self, url: str, path: str, query: Form | None = None, key: str = SECRET_KEY
    ) -> None:
        address = urlsplit(url)
        assert address.hostname is not None
        assert address.port is not None
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER_BYTES)
        self.socket.settimeout(TIMEOUT_S)
        self.socket.connect((address.hostname, address.port))
        self._connection = http.client.HTTPConnection(address.netloc)
        self._connection.sock = self.socket
        headers = {"Authorization": basic(key)}
        self._connection.request("GET", f"{path}?{encoded(query or {})}", headers=headers)
        self._answer = self._connection.getresponse()
        assert self._answer.status == 200, self._answer.read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._answer.close()
        self._connection.close()

    def line(self) -> Line | None:
        """Return the next line, a heartbeat maybe; None at the end."""
        text = self._answer.readline()
        if not text:
            return None
        told: Line = json.loads(text)
        if "error" not in told:
            assert_shaped(told)
        return told

    def told(self) -> Line:
        """Return the next line that is no heartbeat."""
        while (line := self.line()) is not None:
            if line["object"] != "heartbeat":
                return line
        raise AssertionError("the stream has ended")

    def rest(self) -> list[Line]:
        """Return all lines up to the end."""
        return [line for line in iter(self.line, None) if line is not None]

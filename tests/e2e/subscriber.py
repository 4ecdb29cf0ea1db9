"""A subscriber on a real socket that checks every signature and writes down what it hears."""

import json
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from typing import Any, Final

import stripe

from service.wire.versions import DEFAULT_VERSION, parse_version
from tests.e2e.answers import assert_all_shaped

OK: Final = 200
UNSIGNED: Final = 400


class Subscriber:
    """
    What came in at *url*: the events, by id, as often as each was told.

    *answers* are the statuses that the next deliveries are answered with; then all is well.
    *headers* are those of the last one. While *answers_at_all* is cleared, they wait.
    """

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/hook"
        self.secret = ""
        self.answers: list[int] = []
        self.heard: dict[str, list[dict[str, Any]]] = {}
        self.headers: Mapping[str, str] = {}
        self.refused: list[str] = []
        self.answers_at_all = threading.Event()
        self.answers_at_all.set()
        self._lock = threading.Lock()

    def hear(self, body: bytes, signature: str) -> int:
        """Take a delivery, if it is signed with the endpoint's secret, and return a status."""
        self.answers_at_all.wait()
        try:
            event = stripe.Webhook.construct_event(body, signature, self.secret)
            if parse_version(str(event.api_version)).is_since(str(DEFAULT_VERSION)):
                assert_all_shaped(json.loads(body))
        except (AssertionError, ValueError, stripe.SignatureVerificationError) as reason:
            self.refused.append(repr(reason))
            return UNSIGNED
        with self._lock:
            self.heard.setdefault(event.id, []).append(event.to_dict())
            return self.answers.pop(0) if self.answers else OK

    @property
    def types(self) -> list[tuple[str, str]]:
        """Type and object's id of each delivery, in no order but that of each event's first."""
        told = [copy for copies in self.heard.values() for copy in copies]
        return [(one["type"], one["data"]["object"]["id"]) for one in told]


class _Listening(ThreadingHTTPServer):
    """A server that is not surprised when a sender is killed."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def subscriber(port: int = 0, tls: SSLContext | None = None) -> Iterator[Subscriber]:
    """Listen on a *port*, any that is free by default, behind *tls*, while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            there.headers = dict(self.headers)
            self.send_response(there.hear(body, self.headers["Stripe-Signature"]))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing: what was heard is kept."""

    server = _Listening(("127.0.0.1", port), Handler)
    there = Subscriber(server.server_port)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        there.url = there.url.replace("http:", "https:")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield there
    finally:
        there.answers_at_all.set()
        server.shutdown()
        thread.join()
        server.server_close()

"""A subscriber on this machine: it keeps what it is told, and knows how to check it."""

import hashlib
import hmac
import json
import queue
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Self

WAIT_S: Final = 15.0
_BODY_BYTES_MAX: Final = 1024 * 1024

Delivery = tuple[str, bytes]


class SmokeFailed(Exception):
    """A step did not come out as it must. The sentence says how."""


class Receiver:
    """A subscriber on a free port of this machine, which keeps what it is told."""

    def __init__(self) -> None:
        self.deliveries: queue.Queue[Delivery] = queue.Queue()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        deliveries = self.deliveries

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = min(int(self.headers.get("Content-Length", 0)), _BODY_BYTES_MAX)
                body = self.rfile.read(length)
                self.send_response(200)
                self.end_headers()
                deliveries.put((self.headers.get("Stripe-Signature", ""), body))

            def log_message(self, *_: Any) -> None:
                """Say nothing: the trail is printed at the end."""

        return Handler

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def wait_for(self, object_id: str, secret: str) -> dict[str, Any]:
        """Return the event that tells of *object_id*; others may be told of meanwhile."""
        deadline = time.monotonic() + WAIT_S
        while (left_s := deadline - time.monotonic()) > 0:
            try:
                signature, body = self.deliveries.get(timeout=left_s)
            except queue.Empty:
                break
            if not is_signed(signature, body, secret):
                raise SmokeFailed(f"{signature!r} is no signature by the endpoint's secret")
            event: dict[str, Any] = json.loads(body)
            if event["data"]["object"]["id"] == object_id:
                return event
        raise SmokeFailed(f"nothing was delivered within {WAIT_S:.0f} s")


def is_signed(signature: str, body: bytes, secret: str) -> bool:
    """Say whether *signature* (`t=…,v1=…`) is of *body* under *secret*."""
    parts = dict(part.partition("=")[::2] for part in signature.split(","))
    signed = parts.get("t", "").encode() + b"." + body
    expected = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, parts.get("v1", ""))

"""A subscriber that says back what it is told, as careless ones do."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@contextmanager
def echo() -> Iterator[tuple[str, list[bytes]]]:
    """Give the address of one, and what it has said, while the block runs."""
    said: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            # Only the beginning of an answer is kept: the person first.
            body = body[body.find(b'"name"') :]
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            said.append(body)

        def log_message(self, *_: object) -> None:
            """Keep what happens to itself."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", said
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

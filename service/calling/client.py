"""A client of a running server: one call a connection, and streams of lines."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from service.calling import ApiRefused, Unreachable
from service.calling.form import encoded

ANSWER_WITHIN_S: Final = 30.0
# Lines may be far apart, but a server that lives says something more often than this.
SILENT_FOR_S: Final = 45.0
LINE_BYTES_MAX: Final = 16 * 1024 * 1024
_PART_BYTES: Final = 64 * 1024

Form = Mapping[str, Any]
Json = dict[str, Any]


class _NoRedirects(HTTPRedirectHandler):
    """The key is for the server that was named, and goes nowhere else."""

    def redirect_request(self, *_: object) -> None:
        """Make the redirect the answer."""


# Whatever stands between a shell and the world, it is not between a command and its server.
_open: Final = build_opener(ProxyHandler({}), _NoRedirects).open


class Client:
    """Calls the server at *base_url* with a secret *key*, which it shows to nobody else."""

    def __init__(self, base_url: str, key: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {key}", "User-Agent": "seti"}

    def get(self, path: str, query: Form | None = None) -> Json:
        """Return the object at *path*. Raise `ApiRefused` or `Unreachable`, as all calls do."""
        return self._object("GET", _with(path, query))

    def post(
        self,
        path: str,
        form: Form | None = None,
        *,
        within_s: float = ANSWER_WITHIN_S,
        **headers: str,
    ) -> Json:
        """POST *form*, and return the object that it comes to (`Idempotency_Key=…`)."""
        return self._object("POST", path, encoded(form or {}), headers, within_s)

    def delete(self, path: str) -> Json:
        """DELETE what is at *path*, and return what is left of it."""
        return self._object("DELETE", path)

    def pages(self, path: str, query: Form | None = None) -> Iterator[Json]:
        """Give every object of a list, one page after another."""
        asked = {"limit": 100, **(query or {})}
        while True:
            page = self.get(path, asked)
            yield from page["data"]
            if not page["has_more"] or not page["data"]:
                return
            asked["starting_after"] = page["data"][-1]["id"]

    def lines(self, path: str, query: Form | None = None) -> Iterator[bytes]:
        """
        Give each line of a stream as it arrives, without its end.

        Raise `Unreachable` where the connection breaks or falls silent before the stream's
        end, `ApiRefused` where a line tells of an error.
        """
        with self._answer("GET", _with(path, query), within_s=SILENT_FOR_S) as answer:
            for line in _lines(answer):
                if line.startswith(b'{"error":'):
                    raise ApiRefused(answer.status, json.loads(line)["error"])
                yield line

    def _object(
        self,
        method: str,
        path: str,
        form: str = "",
        headers: Form | None = None,
        within_s: float = ANSWER_WITHIN_S,
    ) -> Json:
        with self._answer(method, path, form, headers, within_s=within_s) as answer:
            try:
                found: Json = json.load(answer)
            except ValueError:
                raise self._unreachable("what answers there is no Seti") from None
            return found

    @contextmanager
    def _answer(
        self,
        method: str,
        path: str,
        form: str = "",
        headers: Form | None = None,
        *,
        within_s: float = ANSWER_WITHIN_S,
    ) -> Iterator[HTTPResponse]:
        """Give the answer while it is read, and say what goes wrong meanwhile in our words."""
        named = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        body = form.encode() if method == "POST" else None
        request = Request(self.base_url + path, body, {**self._headers, **named}, method=method)  # noqa: S310 - a base address of our own
        try:
            with _open(request, timeout=within_s) as answer:
                yield answer
        except HTTPError as refusal:
            with refusal:
                raise self._refused(refusal) from None
        except (OSError, HTTPException, ValueError) as error:
            raise self._unreachable(getattr(error, "reason", error)) from None

    def _refused(self, refusal: HTTPError) -> Exception:
        try:
            error = json.loads(refusal.read(_PART_BYTES))["error"]
        except (OSError, ValueError, HTTPException, LookupError, TypeError):
            return self._unreachable(f"HTTP {refusal.code}")
        return ApiRefused(refusal.code, error)

    def _unreachable(self, why: object) -> Unreachable:
        return Unreachable(f"no answer from {self.base_url} ({why}).")


def _lines(answer: HTTPResponse) -> Iterator[bytes]:
    """Cut *answer* into lines. Its own `readline` takes a broken connection for the end."""
    rest = b""
    while part := answer.read1(_PART_BYTES):
        *lines, rest = (rest + part).split(b"\n")
        yield from lines
        if len(rest) > LINE_BYTES_MAX:
            raise ValueError("a line without an end")
    if rest:
        raise ValueError("a line that broke off")


def _with(path: str, query: Form | None) -> str:
    return f"{path}?{text}" if query and (text := encoded(query)) else path

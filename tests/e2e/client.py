"""A client that asks as curl does, and holds every answer against its declaration."""

import http.client
import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from tests.e2e.answers import assert_answered

Form = Mapping[str, Any]
TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered. The names of *headers* are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def object(self) -> dict[str, Any]:
        """The object that was asked for. The call was carried out."""
        assert self.status == 200, self.body
        found: dict[str, Any] = self.json
        return found

    @property
    def error(self) -> dict[str, Any]:
        """The error. The call was turned down."""
        assert self.status >= 400, self.body
        found: dict[str, Any] = self.json["error"]
        return found

    @property
    def refusal(self) -> tuple[int, str, str | None, str | None]:
        """What a client decides on: status, type, code and param."""
        error = self.error
        return self.status, error["type"], error.get("code"), error.get("param")


class Api:
    """
    One connection to a server, kept alive, that calls with an API *key*.

    Every answer is checked by `assert_answered` before the test sees it.
    """

    def __init__(self, url: str, key: str) -> None:
        self.key = key
        self.url = url
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=TIMEOUT_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def get(self, path: str, query: Form | None = None, **headers: str) -> Answer:
        return self.call("GET", f"{path}?{encoded(query)}" if query else path, headers=headers)

    def delete(self, path: str, **headers: str) -> Answer:
        return self.call("DELETE", path, headers=headers)

    def post(self, path: str, form: Form | None = None, **headers: str) -> Answer:
        """POST *form*; header names are given with underscores (`Idempotency_Key`)."""
        return self.call("POST", path, encoded(form or {}).encode(), headers)

    def call(
        self, method: str, path: str, body: bytes | None = None, headers: Form | None = None
    ) -> Answer:
        """Ask for *path* as it stands, and return the checked answer."""
        given = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        sent = {"Authorization": basic(self.key), **given}
        if body is not None:
            sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
        try:
            self._connection.request(method, path, body, sent)
            response = self._connection.getresponse()
            answer = Answer(
                response.status,
                {name.lower(): value for name, value in response.getheaders()},
                response.read(),
            )
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise
        asked = (method, urlsplit(path).path)
        assert_answered(answer.status, answer.headers, answer.body, sent, asked)
        return answer

    def pages(self, path: str, query: Form | None = None) -> Iterable[list[dict[str, Any]]]:
        """Give every page of a list, following it with `starting_after`."""
        asked = {"limit": 100, **(query or {})}
        while True:
            page = self.get(path, asked).object
            yield page["data"]
            if not page["has_more"]:
                return
            asked["starting_after"] = page["data"][-1]["id"]

    def all(self, path: str, query: Form | None = None) -> list[dict[str, Any]]:
        """Return every object of a list, newest first."""
        return [one for page in self.pages(path, query) for one in page]


def basic(key: str) -> str:
    """Return the Authorization header that names *key* as curl's `-u key:` does."""
    return f"Basic {b64encode(f'{key}:'.encode()).decode()}"


def encoded(form: Form) -> str:
    """Return *form* as form text; hashes nest in brackets, lists are indexed."""
    return urlencode([pair for name, value in form.items() for pair in _pairs(name, value)])


def _pairs(name: str, value: Any) -> Iterable[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from _pairs(f"{name}[{key}]", below)
    elif isinstance(value, (list, tuple)):
        for at, below in enumerate(value):
            yield from _pairs(f"{name}[{at}]", below)
    elif isinstance(value, bool):
        yield name, str(value).lower()
    else:
        yield name, str(value)

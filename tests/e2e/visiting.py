"""A browser without a window: it looks at a page, or sends its form, and follows nothing."""

import http.client
from collections.abc import Mapping
from contextlib import closing
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.e2e.client import encoded


class Visited(NamedTuple):
    """What a page answered: *kind* is the type of its *body*, *location* where it leads."""

    status: int
    kind: str
    location: str | None
    body: bytes


def visit(address: str, form: Mapping[str, str] | None = None) -> Visited:
    """GET the page at *address*, or POST *form* to it."""
    url = urlsplit(address)
    target = f"{url.path}?{url.query}"
    with closing(http.client.HTTPConnection(url.netloc, timeout=10)) as connection:
        if form is None:
            connection.request("GET", target)
        else:
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", target, encoded(dict(form)), headers)
        answer = connection.getresponse()
        kind = answer.headers.get_content_type()
        return Visited(answer.status, kind, answer.getheader("Location"), answer.read())

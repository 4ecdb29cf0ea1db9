"""The reference as it is served, to anybody."""

import json
import urllib.error
import urllib.request
from email.message import Message

import pytest

from tests.e2e.server import Server


def fetched(url: str, **headers: str) -> tuple[bytes, Message]:
    """Fetch *url* without a key; header names are given with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, headers=named)  # noqa: S310 - our own URL
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - as above
        return answer.read(), answer.headers


def test_openapi_is_served(server: Server) -> None:
    """The document is JSON, names the address it came from, and needs no key."""
    body, headers = fetched(f"{server.url}/openapi.json")
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body)["servers"] == [{"url": server.url}]


def test_what_is_had_is_not_sent_again(server: Server) -> None:
    """A client that names what it has is told that it is the same still."""
    url = f"{server.url}/openapi.json"
    _, headers = fetched(url)
    with pytest.raises(urllib.error.HTTPError) as unchanged:
        fetched(url, If_None_Match=f'W/{headers["ETag"]}, "other"')
    with unchanged.value as answer:
        assert (answer.status, answer.read(), answer.headers["ETag"]) == (304, b"", headers["ETag"])


def test_docs_are_served(server: Server) -> None:
    """The page is HTML, and its policy lets nothing in that it did not come with."""
    body, headers = fetched(f"{server.url}/docs")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert body.startswith(b"<!DOCTYPE html>")


def test_the_address_itself_leads_to_the_docs(server: Server) -> None:
    """Who opens the address that a start prints is shown what there is."""
    assert fetched(server.url)[0] == fetched(f"{server.url}/docs")[0]

"""The page that shows the reference: whole, well-formed, and with nothing from elsewhere."""

from html.parser import HTMLParser
from typing import Final

import pytest

from service.api.operation import Operation
from service.api.routes import EVERY_OPERATION
from service.reference.curl import curl
from service.reference.document import document
from service.reference.markup import tag, written
from service.reference.naming import marked_text, name_of, plain_text
from service.reference.page import POLICY, page_of
from service.reference.wording import in_words
from service.wire.left_out import LEFT_OUT

DOCUMENT: Final = document("http://127.0.0.1:12111")
PAGE: Final = page_of(DOCUMENT).decode()


class Read(HTMLParser):
    """What a browser makes of the page: its anchors, its links, and whether tags match."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.open: list[str] = []
        self.feed(PAGE)

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        told = dict(attributes)
        self.ids += [told["id"] or ""] if "id" in told else []
        self.links += [told["href"] or ""] if "href" in told else []
        self.loaded += [told["src"] or ""] if "src" in told else []
        if name not in {"input", "meta"}:
            self.open.append(name)

    def handle_endtag(self, name: str) -> None:
        assert self.open.pop() == name


READ: Final = Read()


def words(schema: dict[str, object]) -> str:
    """Return what is said of *schema*, as it reads."""
    return "".join(tag("p", in_words(schema)).itertext())


@pytest.mark.parametrize("operation", EVERY_OPERATION, ids=lambda operation: operation.name)
def test_every_operation_is_shown(operation: Operation) -> None:
    """Each operation has a place of its own, with its path, on the page."""
    assert name_of(operation) in READ.ids
    assert f"<code>{operation.path}</code>" in PAGE


def test_is_well_formed() -> None:
    """Every element is closed where it should be, and no two have the same name."""
    assert READ.open == []
    assert len(set(READ.ids)) == len(READ.ids)


def test_every_link_leads_somewhere() -> None:
    """A link leads to a place on the page, or to the document itself."""
    assert {link for link in READ.links if link.removeprefix("#") not in READ.ids} == {
        "openapi.json"
    }


def test_nothing_is_loaded() -> None:
    """The page needs nothing but itself, and its policy would let nothing else be loaded."""
    assert READ.loaded == []
    assert "default-src 'none'" in POLICY
    assert "unsafe" not in POLICY


def test_what_is_left_out_is_told() -> None:
    """What is refused by name stands on the page, and why."""
    for left_out in LEFT_OUT:
        assert left_out.why in PAGE
        assert all(name in PAGE for name in left_out.names)


def test_texts_are_escaped() -> None:
    """What is put into markup stays text."""
    assert b"&lt;b&gt;" in written(tag("p", "<b>"))
    assert b'title="&quot;&gt;"' in written(tag("p", title='">'))


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string", "maxLength": 1000}, "text, at most 1000 characters"),
        ({"type": "integer", "minimum": 0, "maximum": 9}, "whole number, 0 to 9"),
        (
            {"type": "array", "items": {"type": "string"}, "maxItems": 20},
            "list of text, at most 20 entries",
        ),
        ({"anyOf": [{"type": "boolean"}, {"enum": [""]}]}, "true or false, or empty, to unset it"),
        ({"enum": ["always", "never"]}, "always never"),
        ({}, "anything"),
    ],
)
def test_schemas_are_put_into_words(schema: dict[str, object], said: str) -> None:
    """Kinds, bounds and choices are told as one would say them."""
    assert words(schema) == said


def test_curl_sends_what_is_needed() -> None:
    """An example sends every parameter without which the call is refused, and no other."""
    schemas = DOCUMENT["components"]["schemas"]
    taken = schemas["WebhookEndpointCreateParams"]
    line = curl(DOCUMENT, "post", "/v1/webhook_endpoints", taken)
    assert line.splitlines()[0].startswith("curl http://127.0.0.1:12111/v1/webhook_endpoints -u")
    assert '-d "enabled_events[]=' in line
    assert '-d "url=' in line
    assert "metadata" not in line


def test_what_is_named_stays_what_it_is() -> None:
    """A docstring's names are code, and a family's star is no mark."""
    documentation = """A type from *since* on
    may be a family, `setup_intent.*`; or `*`."""
    assert marked_text(documentation) == (
        "A type from `since` on may be a family, `setup_intent.*`; or `*`."
    )
    assert plain_text(documentation) == (
        "A type from since on may be a family, setup_intent.*; or *."
    )


def test_names_are_shown_as_code() -> None:
    """What an operation's description names is set apart from its words."""
    assert "may be a family, <code>setup_intent.*</code>" in PAGE

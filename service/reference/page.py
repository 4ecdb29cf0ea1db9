"""
The document as something to read: one page, whole without a script, searched with one.

Nothing is loaded from anywhere. The page's own style and script are named by their digests
in its policy, and nothing else runs.
"""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final
from xml.etree.ElementTree import Element

from service.reference.chapters import hashes, left_out, operations, own_operations, statuses
from service.reference.markup import tag, written

_PAGES: Final = "service.pages"
_HERE: Final = "service.reference"


def _text(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text("utf-8")


_STYLE: Final = _text(_PAGES, "palette.css") + _text(_HERE, "docs.css")
_SCRIPT: Final = _text(_HERE, "docs.js")


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


POLICY: Final = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    f"style-src {_digest(_STYLE)}; script-src {_digest(_SCRIPT)}"
)

# Each part of the page: its heading, and what it is made with.
_PARTS: Final = (
    ("Operations", operations),
    ("Seti's own", own_operations),
    ("Hashes and objects", hashes),
    ("Refusals", statuses),
    ("Left out", left_out),
)


def page_of(document: dict[str, Any]) -> bytes:
    """Return the page that shows *document*."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", "Seti: the API"),
        tag("style", _STYLE),
    )
    parts = [(title, make(document)) for title, make in _PARTS]
    body = tag("body", _introduction(document), _search(), _contents(parts), _main(parts))
    body.append(tag("script", _SCRIPT))
    return written(tag("html", head, body, lang="en"))


def _introduction(document: dict[str, Any]) -> Element:
    url, version = document["servers"][0]["url"], document["info"]["version"]
    return tag(
        "header",
        tag("h1", "Seti: the API"),
        tag(
            "p",
            "SetupIntents as Stripe's API has them, at ",
            tag("code", url),
            ", in version ",
            tag("code", version),
            ". Parameters are sent as forms, answers are JSON. A secret key goes in as ",
            tag("code", "Authorization: Bearer sk_..."),
            ", or as the user name of Basic authentication. Tools read ",
            tag("a", "openapi.json", href="openapi.json"),
            ".",
        ),
    )


def _search() -> Element:
    """Return the search box. Without a script there is none; the browser's own search does."""
    label = tag("label", "Search", for_="search")
    box = tag("input", type="search", id="search", autocomplete="off", spellcheck="false")
    told = tag("p", id="found", role="status")
    return tag("search", label, box, told, hidden="hidden", id="searching")


def _contents(parts: Sequence[tuple[str, list[Element]]]) -> Element:
    links = [tag("li", tag("a", title, href=f"#{title}")) for title, _ in parts]
    return tag("nav", tag("ul", links), aria_label="Contents")


def _main(parts: Sequence[tuple[str, list[Element]]]) -> Element:
    return tag(
        "main",
        [tag("section", tag("h2", title), inside, id=title) for title, inside in parts],
    )

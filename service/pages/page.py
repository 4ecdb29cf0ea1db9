"""
A page as a browser gets it: one shell for all of them, in one answer.

Whatever is put into markup is escaped on its way, unless it is markup itself. Should that
ever fail, the policy below still lets nothing run, load or post elsewhere.

Pages may be framed: merchants show an authentication inside their own page, the outcome
too. Whoever frames one must know its signed address, which is the right to decide here.
"""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template
from typing import Final

from aiohttp import web

from service.pages.problem import Problem


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


class Markups:
    """Markup with gaps, from the file *name* of this package."""

    def __init__(self, name: str) -> None:
        self._template = Template(text_of(name))

    def __call__(self, **texts: str) -> Markup:
        """Return the markup with *texts* in its gaps."""
        safe = {
            gap: text if isinstance(text, Markup) else escape(text) for gap, text in texts.items()
        }
        return Markup(self._template.substitute(safe))


def text_of(name: str) -> str:
    """Return the text of the file *name* of this package."""
    return files(__package__).joinpath(name).read_text("utf-8")


_STYLE: Final = Markup(text_of("page.css"))
_STYLE_DIGEST: Final = b64encode(sha256(_STYLE.encode()).digest()).decode()
_POLICY: Final = f"default-src 'none'; base-uri 'none'; style-src 'sha256-{_STYLE_DIGEST}'"
_HEADERS: Final = {
    "Cache-Control": "no-store",
    # The address of a page carries its signature, and must not reach whoever is linked to.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Server": "Seti",
}

_shell = Markups("page.html")
_notice = Markups("notice.html")
_link = Template('<p><a href="$address">$text</a></p>')


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown. *form_action* is where the policy lets a form lead; None: anywhere."""

    title: str
    content: Markup
    status: int = 200
    form_action: str | None = "'none'"

    def response(self) -> web.Response:
        """Return the page as it is sent."""
        policy = _POLICY
        if self.form_action is not None:
            policy += f"; form-action {self.form_action}"
        return web.Response(
            text=_shell(title=self.title, style=_STYLE, content=self.content),
            content_type="text/html",
            status=self.status,
            headers={**_HEADERS, "Content-Security-Policy": policy},
        )


def notice(status: int, title: str, sentence: str, back: str | None = None) -> Page:
    """Return a page that only tells something. *back* is the address to go on to."""
    more = Markup()
    if back is not None:
        link = {"address": escape(back), "text": "Return to the merchant"}
        more = Markup(_link.substitute(link))
    return Page(title, _notice(sentence=sentence, more=more), status)


def of_problem(problem: Problem) -> Page:
    """Return the page that tells of *problem*."""
    return notice(problem.status, problem.title, problem.sentence)


def redirect(address: str) -> web.Response:
    """Send the browser on to *address*, which it asks for with GET."""
    return web.Response(status=303, headers={**_HEADERS, "Location": address})

"""
A page as a browser gets it: one shell for all of them, in one answer.

Markup escapes what is put into it. Should that ever fail, the policy below still lets
nothing run, load or post elsewhere.

Pages may be framed: merchants show an authentication inside their own page, the outcome
too. Whoever frames one must know its signed address, which is the right to decide here.
"""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from aiohttp import web

from service.pages.markup import Markup, Markups, text_of
from service.pages.problem import Problem

_STYLE: Final = Markup(text_of("palette.css") + text_of("page.css"))
_STYLE_DIGEST: Final = b64encode(sha256(_STYLE.encode()).digest()).decode()
_POLICY: Final = f"default-src 'none'; base-uri 'none'; style-src 'sha256-{_STYLE_DIGEST}'"
HEADERS: Final = {
    "Cache-Control": "no-store",
    # The address of a page carries its signature, and must not reach whoever is linked to.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Server": "Seti",
}

_shell: Final = Markups(text_of("page.html"))
_notice: Final = Markups(text_of("notice.html"))
_link: Final = Markups('<p><a href="$address">Return to the merchant</a></p>')


@dataclass(frozen=True, slots=True)
class Page:
    """
    What is shown. *form_action* is where the policy lets a form lead; None: anywhere.

    *warned* says that something is wrong with what was filled in, which is told first.
    """

    title: str
    content: Markup
    status: int = 200
    form_action: str | None = "'none'"
    warned: bool = False

    def response(self) -> web.Response:
        """Return the page as it is sent."""
        tab = f"Error: {self.title}" if self.warned else self.title
        policy = _POLICY
        if self.form_action is not None:
            policy += f"; form-action {self.form_action}"
        return web.Response(
            text=_shell(title=self.title, tab=tab, style=_STYLE, content=self.content),
            content_type="text/html",
            status=self.status,
            headers={**HEADERS, "Content-Security-Policy": policy},
        )


def notice(status: int, title: str, sentence: str, back: str | None = None) -> Page:
    """Return a page that only tells something. *back* is the address to go on to."""
    more = Markup() if back is None else _link(address=back)
    return Page(title, _notice(sentence=sentence, more=more), status)


def of_problem(problem: Problem) -> Page:
    """Return the page that tells of *problem*."""
    return notice(problem.status, problem.title, problem.sentence)


def redirect(address: str) -> web.Response:
    """Send the browser on to *address*, which it asks for with GET."""
    return web.Response(status=303, headers={**HEADERS, "Location": address})

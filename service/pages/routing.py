"""Which methods a page answers: those it has, HEAD, and a refusal of all others."""

from collections.abc import Mapping

from aiohttp import web

from service.pages.door import Handler, Visit, guard
from service.pages.house import Pages
from service.pages.page import of_problem
from service.pages.problem import wrong_method


def routes_of(pages: Pages, path: str, handlers: Mapping[str, Handler]) -> list[web.RouteDef]:
    """Return the routes of the page at *path*: of *handlers* by their methods, GET among them."""
    allowed = ", ".join(("HEAD", *handlers))

    async def refuse(_: Visit) -> web.Response:
        response = of_problem(wrong_method()).response()
        response.headers["Allow"] = allowed
        return response

    answered = {**handlers, "*": refuse}
    return [
        web.route(method, path, guard(pages, f"{method} {path}", handler))
        for method, handler in answered.items()
    ]

"""Every page there is, and that there is nothing else where pages are."""

from aiohttp import web

from service.addresses import MANDATES, QR_CODES, SETUP
from service.pages import mandate, qr_code, setup
from service.pages.door import Visit, guard
from service.pages.house import Pages
from service.pages.problem import not_found


def routes(pages: Pages) -> list[web.RouteDef]:
    """Return the routes of all pages."""
    nowhere = guard(pages, "* nowhere", _nowhere)
    return [
        *setup.routes(pages),
        *qr_code.routes(pages),
        *mandate.routes(pages),
        *(
            web.route("*", f"/{page}{{rest:(?:/.*)?}}", nowhere)
            for page in (SETUP, QR_CODES, MANDATES)
        ),
    ]


async def _nowhere(_: Visit) -> web.Response:
    """A person whose address was mangled on its way is told so by a page, too."""
    raise not_found()

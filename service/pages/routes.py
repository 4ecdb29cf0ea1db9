"""Every page there is."""

from aiohttp import web

from service.pages import mandate, qr_code, setup
from service.pages.house import Pages


def routes(pages: Pages) -> list[web.RouteDef]:
    """Return the routes of all pages."""
    return [*setup.routes(pages), *qr_code.routes(pages), *mandate.routes(pages)]

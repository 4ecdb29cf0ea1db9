"""The page on which a customer reads a mandate: what was agreed to, and whether it holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from projections.fold import show
from service.addresses import MANDATES
from service.pages.door import Visit
from service.pages.house import Pages
from service.pages.markup import TEST_MODE, Markup, Markups, code, facts, text_of
from service.pages.naming import instant, instrument_of, means_of, sum_of
from service.pages.page import Page
from service.pages.problem import not_found
from service.pages.routing import routes_of
from service.pages.scene import Scene, scene_of

_mandate: Final = Markups(text_of("mandate.html"))

_STANDINGS: Final = {
    "active": "In force",
    "inactive": "No longer in force",
    "pending": "Not yet in force",
}
_PROTECTIONS: Final = {
    "au_becs_debit": "The terms of your Direct Debit Request apply to every debit.",
    "bacs_debit": "The Direct Debit Guarantee protects every debit.",
    "sepa_debit": (
        "Your bank refunds a debit under the terms of your agreement with it, if you claim it "
        "within eight weeks."
    ),
}


def routes(pages: Pages) -> list[web.RouteDef]:
    """Return the page's routes."""
    return routes_of(pages, f"/{MANDATES}/{{subject}}", {"GET": Mandates(pages).show})


@dataclass(frozen=True, slots=True)
class Mandates:
    """Shows mandates as they stand now."""

    pages: Pages

    async def show(self, visit: Visit) -> web.Response:
        """Show the mandate that the address is signed for."""
        name = visit.subject(self.pages, MANDATES)
        history = await self.pages.path.store.load(name)
        shown = show(history)
        if shown is None:
            raise not_found()
        scene = await scene_of(
            self.pages,
            shown.owner,
            shown.view["payment_method"],
            on_behalf_of=shown.view.get("on_behalf_of"),
            at=visit.at,
        )
        return _page(shown.view, scene).response()


def _page(shown: Mapping[str, Any], scene: Scene) -> Page:
    type_ = shown["payment_method_details"]["type"]
    means, merchant = means_of(type_), scene.merchant or "the merchant"
    content = _mandate(
        mode=Markup() if shown["livemode"] else TEST_MODE,
        sentence=(
            f"You have allowed {merchant} to have your account debited by {means}, and your bank "
            "to carry that out."
        ),
        facts=facts(_facts(shown, scene)),
        protection=_PROTECTIONS.get(type_, ""),
    )
    return Page(f"{means} mandate", content)


def _facts(shown: Mapping[str, Any], scene: Scene) -> Iterator[tuple[str, str]]:
    details, acceptance = shown["payment_method_details"], shown["customer_acceptance"]
    type_ = details["type"]
    yield "Status", _STANDINGS[shown["status"]]
    yield "Reference", code(text=details[type_].get("reference") or shown["id"])
    yield "Bank account", instrument_of(type_, scene.instrument)
    if scene.holder:
        yield "Account holder", scene.holder
    yield "Valid for", _extent(shown)
    if acceptance["accepted_at"] is not None:
        yield f"Accepted {acceptance['type']}", instant(acceptance["accepted_at"])


def _extent(shown: Mapping[str, Any]) -> str:
    single_use = shown.get("single_use")
    if single_use is None:
        return "Any number of payments"
    return f"One payment of {sum_of(single_use['amount'], single_use['currency'])}"

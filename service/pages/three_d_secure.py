"""
The page on which a customer authenticates, or fails to: 3-D Secure, simulated.

Its address is signed (`service.reveal`), for one attempt. The signature is the right to
decide, so nobody completes another's attempt, and without it nothing is told.
"""

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from service.commands.path import Caller, LockTimeout, Reply
from service.commands.unit import Unit
from service.domain.errors import Refused
from service.domain.values import JsonObject
from service.pages.challenge import Challenge, challenge_of
from service.pages.door import Visit, guard
from service.pages.form import form_of
from service.pages.house import Pages
from service.pages.page import Markups, Page, notice, redirect
from service.pages.problem import Problem, not_found, try_again
from service.pages.returning import return_address

PATH: Final = "/three_d_secure/{attempt}"
SIGNED_AS: Final = "three_d_secure"
# What the two buttons post.
_COMPLETED: Final = {"complete": True, "fail": False}
_DECIDED: Final = Reply(200, b"")
_BRANDS: Final = {"amex": "American Express", "jcb": "JCB", "unionpay": "UnionPay"}

_question = Markups("three_d_secure.html")


def routes(pages: Pages) -> list[web.RouteDef]:
    """Return the page's two routes: it is shown, and it is answered."""
    authentication = ThreeDSecure(pages)
    return [
        web.get(PATH, guard(pages, f"GET {PATH}", authentication.ask)),
        web.post(PATH, guard(pages, f"POST {PATH}", authentication.decide)),
    ]


@dataclass(frozen=True, slots=True)
class ThreeDSecure:
    """Asks the customer, and carries out what was decided."""

    pages: Pages

    async def ask(self, visit: Visit) -> web.Response:
        """Show the two buttons, or that there is nothing to decide."""
        challenge = await self._challenge(visit)
        page = _asking(challenge) if challenge.waits else self._over(challenge, 410)
        return page.response()

    async def decide(self, visit: Visit) -> web.Response:
        """
        Carry out what the form says, and send the customer back with the outcome that stands.

        That may be another's: of two tabs, or of the merchant, who has canceled meanwhile.
        """
        challenge = await self._challenge(visit)
        completed = _COMPLETED.get(str((await form_of(visit.request)).get("result")))
        if completed is None:
            raise Problem(400, "Nothing was decided", "The form says neither complete nor fail.")
        if challenge.waits:
            problem = await self._authenticate(visit, challenge, completed=completed)
            challenge = await self._challenge(visit)
            if problem is not None and challenge.waits:
                raise problem
        back = self._back(challenge)
        return redirect(back) if back else self._over(challenge, 200).response()

    async def _challenge(self, visit: Visit) -> Challenge:
        """Return what the address is signed for. Raise `Problem` where it is not."""
        attempt = visit.request.match_info["attempt"]
        given = visit.request.query.get("signature", "")
        # What is not ASCII may be no text at all, but bytes that cannot be encoded again.
        if not (attempt.isascii() and given.isascii()):
            raise not_found()
        if not self.pages.keyring.is_page_signature(SIGNED_AS, attempt, given):
            raise not_found()
        challenge = await challenge_of(self.pages.path.store, attempt)
        if challenge is None:
            raise not_found()
        return challenge

    async def _authenticate(
        self, visit: Visit, challenge: Challenge, *, completed: bool
    ) -> Problem | None:
        """Have it decided, and return why not where it was refused or never had its turn."""
        attempt = challenge.attempt.id

        async def work(unit: Unit) -> Reply:
            intents = self.pages.setup_intents
            await intents.authenticate(unit, attempt, visit.at, completed=completed)
            return _DECIDED

        caller = Caller(challenge.owner, visit.actor, visit.at)
        try:
            await self.pages.path.carry_out(caller, work, _refused)
        except Refused as refusal:
            return Problem(409, "This could not be decided", refusal.message)
        except LockTimeout:
            return try_again()
        return None

    def _over(self, challenge: Challenge, status: int) -> Page:
        if challenge.succeeded:
            title, sentence = "Authentication complete", "The card has been set up."
        elif challenge.is_over:
            title, sentence = "Authentication over", "The card has not been set up."
        else:
            title, sentence = "Nothing to do here", "This is not decided on this page."
        back = self._back(challenge)
        sentence += "" if back else " You may close this window."
        return notice(status, title, sentence, back)

    def _back(self, challenge: Challenge) -> str | None:
        """Return the way back, once there is an outcome to tell and if there is a way."""
        return_url = challenge.attempt.return_url
        if return_url is None or not challenge.is_over:
            return None
        return return_address(
            return_url,
            setup_intent=challenge.intent,
            setup_intent_client_secret=self.pages.keyring.client_secret(challenge.intent),
            redirect_status="succeeded" if challenge.succeeded else "failed",
        )


def _asking(challenge: Challenge) -> Page:
    content = _question(
        card=_card(challenge.card),
        intent=challenge.intent,
        account=challenge.owner.account,
    )
    # A browser holds the redirects that follow a form against `form-action`, and nobody
    # knows where the merchant's address redirects to in its turn.
    leads_away = challenge.attempt.return_url is not None
    form_action = None if leads_away else "'self'"
    return Page("Authenticate your card", content, form_action=form_action)


def _card(card: JsonObject) -> str:
    """Return the card as its holder knows it: `Visa ending in 3155`."""
    brand = str(card.get("brand", "card"))
    name = _BRANDS.get(brand, brand.replace("_", " ").title())
    return f"{name} ending in {card.get('last4', '????')}"


async def _refused(refusal: Refused, _: Unit) -> Reply:
    raise refusal

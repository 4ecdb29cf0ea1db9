"""
The page on which a customer takes the step that an attempt waits for.

There is one for each attempt, whatever the step is: an authentication of a card, an
authorisation of another means of payment. Its address is signed (`service.addresses`) for
that attempt. The signature is the right to decide, so nobody completes another's attempt,
and without it nothing is told.
"""

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from service.addresses import SETUP
from service.commands.path import Caller, LockTimeout, Reply
from service.commands.unit import Unit
from service.domain.errors import Refused
from service.pages.deciding import decision, question
from service.pages.door import Visit
from service.pages.form import form_of
from service.pages.house import Pages
from service.pages.page import Page, notice, redirect
from service.pages.problem import Problem, not_found, try_again
from service.pages.returning import return_address
from service.pages.routing import routes_of
from service.pages.step import Ending, Step, step_of
from service.pages.wording import told

_DECIDED: Final = Reply(200, b"")
# What the merchant's address is told of each ending: one of three words.
_STATUSES: Final = {Ending.SUCCEEDED: "succeeded", Ending.PENDING: "pending"}


def routes(pages: Pages) -> list[web.RouteDef]:
    """Return the page's routes: it is shown, and it is answered."""
    setup = Setup(pages)
    return routes_of(pages, f"/{SETUP}/{{subject}}", {"GET": setup.ask, "POST": setup.answer})


@dataclass(frozen=True, slots=True)
class Setup:
    """Asks the customer, and carries out what was decided."""

    pages: Pages

    async def ask(self, visit: Visit) -> web.Response:
        """Show the question, or that there is nothing to decide."""
        step = await self._step(visit)
        page = question(step) if step.waits else self._over(step, 410)
        return page.response()

    async def answer(self, visit: Visit) -> web.Response:
        """
        Carry out what the form says, and send the customer back with the outcome that stands.

        That may be another's: of two tabs, or of the merchant, who has canceled meanwhile.
        """
        step = await self._step(visit)
        completed = decision(await form_of(visit.request))
        if step.waits:
            problem = await self._decide(visit, step, completed=completed)
            step = await self._step(visit)
            if problem is not None and step.waits:
                raise problem
        back = self._back(step)
        return redirect(back) if back else self._over(step, 200).response()

    async def _step(self, visit: Visit) -> Step:
        """Return what the address is signed for. Raise `Problem` where it is not."""
        step = await step_of(self.pages.path.store, visit.subject(self.pages, SETUP))
        if step is None:
            raise not_found()
        return step

    async def _decide(self, visit: Visit, step: Step, *, completed: bool) -> Problem | None:
        """Have it decided, and return why not where it was refused or never had its turn."""

        async def work(unit: Unit) -> Reply:
            intents = self.pages.setup_intents
            await intents.authenticate(unit, step.attempt.id, visit.at, completed=completed)
            return _DECIDED

        caller = Caller(step.owner, visit.actor, visit.at)
        try:
            await self.pages.path.carry_out(caller, work, _refused)
        except Refused as refusal:
            return Problem(409, "This could not be decided", refusal.message)
        except LockTimeout:
            return try_again()
        return None

    def _over(self, step: Step, status: int) -> Page:
        title, sentence = told(step, step.ending)
        back = self._back(step)
        sentence += "" if back else " You may close this window."
        return notice(status, title, sentence, back)

    def _back(self, step: Step) -> str | None:
        """Return the way back, once there is an outcome to tell and if there is a way."""
        return_url = step.attempt.return_url
        if return_url is None or step.ending is None:
            return None
        intent = step.intent.id
        return return_address(
            return_url,
            setup_intent=intent,
            setup_intent_client_secret=self.pages.keyring.client_secret(intent),
            redirect_status=_STATUSES.get(step.ending, "failed"),
        )


async def _refused(refusal: Refused, _: Unit) -> Reply:
    raise refusal

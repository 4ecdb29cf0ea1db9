"""
The page on which a customer takes the step that an attempt waits for.

There is one for each attempt, whatever the step is: an authentication of a card, an
authorisation of another means of payment, the microdeposits of a bank account. Its address
is signed (`service.addresses`) for that attempt. The signature is the right to decide, so
nobody completes another's attempt, and without it nothing is told.
"""

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from service.addresses import SETUP
from service.commands.path import Caller, Reply, Work
from service.commands.turns import LockTimeout
from service.commands.unit import Unit
from service.domain.errors import AttemptNotWaiting, Refused
from service.domain.setup_intent import SetupIntent
from service.pages.deciding import decision, question
from service.pages.deposits import filled, said
from service.pages.door import Visit
from service.pages.ending import over, way_back
from service.pages.form import form_of
from service.pages.house import Pages
from service.pages.page import Page, redirect
from service.pages.problem import not_found, try_again
from service.pages.routing import routes_of
from service.pages.scene import Scene, scene_of
from service.pages.step import Step, step_of
from service.pages.verifying import asked_again, kind_of, verification
from service.wire.form import Branch

_DECIDED: Final = Reply(200, b"")


def routes(pages: Pages) -> list[web.RouteDef]:
    """Return the page's routes: it is shown, and it is answered."""
    setup = Setup(pages)
    return routes_of(pages, f"/{SETUP}/{{subject}}", {"GET": setup.ask, "POST": setup.answer})


@dataclass(frozen=True, slots=True)
class Setup:
    """Asks the customer, and carries out what was answered."""

    pages: Pages

    async def ask(self, visit: Visit) -> web.Response:
        """Show what is asked, or that there is nothing to decide."""
        step = await self._step(visit)
        if not step.waits(visit.at):
            return over(self.pages, step, visit.at, 410).response()
        scene = await self._scene(visit, step)
        if step.verifies:
            return verification(step, scene).response()
        page = await question(step, scene, self._address(step))
        return page.response()

    async def answer(self, visit: Visit) -> web.Response:
        """
        Carry out what the form says, and send the customer back with the outcome that stands.

        That may be another's: of two tabs, or of the merchant, who has canceled meanwhile.
        That it is too late is for the command to find. Where the attempt goes on waiting, the
        page asks again, told by a GET of its own, so that a reload sends nothing twice.
        """
        step = await self._step(visit)
        form = await form_of(visit.request)
        if step.is_open:
            answered = self._verify if step.verifies else self._decide
            page = await answered(visit, step, form)
            if page is not None:
                return page.response()
            step = await self._step(visit)
        if step.waits(visit.at):
            return redirect(self._address(step))
        back = None if step.verifies else way_back(self.pages, step, visit.at)
        return redirect(back) if back else over(self.pages, step, visit.at, 200).response()

    async def _decide(self, visit: Visit, step: Step, form: Branch) -> Page | None:
        completed = decision(form)

        async def work(unit: Unit) -> Reply:
            attempts = self.pages.setup_attempts
            await attempts.authenticate(unit, step.attempt.id, visit.at, completed=completed)
            return _DECIDED

        await self._carry_out(visit, step, work)
        return None

    async def _verify(self, visit: Visit, step: Step, form: Branch) -> Page | None:
        """Return the form again where it says nothing, so that no try is lost by a slip."""
        lines = filled(kind_of(step), form)
        deposits = said(lines)
        if deposits is None:
            return asked_again(step, await self._scene(visit, step), lines)

        async def work(unit: Unit) -> Reply:
            await _require_latest(unit, step)
            await self.pages.setup_attempts.verify(unit, step.intent.id, visit.at, deposits)
            return _DECIDED

        await self._carry_out(visit, step, work)
        return None

    async def _carry_out(self, visit: Visit, step: Step, work: Work) -> None:
        """
        Do *work*. Raise `Problem` where it was not done and the attempt still waits.

        It is refused only where the attempt waits no more, and what came of that is shown.
        """
        try:
            caller = Caller(step.owner, visit.actor, visit.at)
            await self.pages.path.carry_out(caller, work, _refused)
        except Refused:
            return
        except LockTimeout:
            if (await self._step(visit)).is_open:
                raise try_again() from None

    async def _step(self, visit: Visit) -> Step:
        """Return what the address is signed for. Raise `Problem` where it is not."""
        step = await step_of(self.pages.path.store, visit.subject(self.pages, SETUP))
        if step is None:
            raise not_found()
        return step

    async def _scene(self, visit: Visit, step: Step) -> Scene:
        return await scene_of(
            self.pages,
            step.owner,
            step.attempt.payment_method,
            on_behalf_of=step.intent.on_behalf_of,
            at=visit.at,
        )

    def _address(self, step: Step) -> str:
        return self.pages.addresses.of(step.attempt.id)


async def _require_latest(unit: Unit, step: Step) -> None:
    """Raise `Refused` where the intent has gone on to another attempt than the page's."""
    await unit.load(step.intent.id)
    latest: SetupIntent = unit.state(step.intent.id)
    if latest.attempt is None or latest.attempt.id != step.attempt.id:
        raise AttemptNotWaiting(step.attempt.id)


async def _refused(refusal: Refused, _: Unit) -> Reply:
    raise refusal

"""
What goes on with an attempt once its confirmation has been answered.

Its customer acts, on a page or by naming microdeposits; or the instant comes that it waits
for: the provider's answer, or the customer's last chance. Whoever comes after that instant
finds the attempt over, also where nobody has written that down yet.
"""

from dataclasses import dataclass
from typing import Final

from service import ids
from service.commands import findings
from service.commands.asking import Asked, asked_again, require_intent
from service.commands.instruments import Instruments
from service.commands.unit import Unit
from service.domain.attempt_state import Attempt
from service.domain.commands import setup_intent as si
from service.domain.setup_intent import (
    SetupIntent,
    is_overdue,
    verifiable_attempt,
    waiting_attempt,
)
from service.domain.values import AttemptStatus
from service.domain.verdicts import Declined, Reason
from service.gateways.port import Deposits, Gateway

_LOST: Final = Reason(
    code="setup_attempt_failed",
    type="invalid_request_error",
    message="What came of this setup could not be kept. Try again with another payment method.",
)


@dataclass(frozen=True, slots=True)
class SetupAttempts:
    """Goes on with attempts, as *gateway* answers."""

    gateway: Gateway
    instruments: Instruments

    async def authenticate(self, unit: Unit, attempt: str, at: int, *, completed: bool) -> None:
        """Decide what follows when the customer has done what a page asks for, or refused to."""
        intent = await require_intent(unit, ids.intent_of_attempt(attempt) or attempt)
        waiting = waiting_attempt(si.Authenticate, attempt, intent, at)
        if is_overdue(waiting, at):
            await self._come_due(unit, intent, waiting, at)
            return
        asked = await asked_again(unit, si.Authenticate, intent, waiting, at)
        verdict = self.gateway.authenticate(asked.question, completed=completed)
        await findings.conclude(unit, self.instruments, asked, verdict)

    async def verify(self, unit: Unit, name: str, at: int, deposits: Deposits) -> None:
        """Decide what follows when the customer has said what the microdeposits were."""
        intent = await require_intent(unit, name)
        waiting = verifiable_attempt(intent)
        if is_overdue(waiting, at):
            await self._come_due(unit, intent, waiting, at)
            return
        asked = await asked_again(unit, si.Verify, intent, waiting, at)
        verdict = self.gateway.verify(asked.question, deposits)
        await findings.conclude(unit, self.instruments, asked, verdict)

    async def come_due(self, unit: Unit, name: str, at: int) -> None:
        """Decide what follows when the instant has come that intent *name* waits for, if any."""
        intent = await require_intent(unit, name)
        if intent.attempt is not None and is_overdue(intent.attempt, at):
            await self._come_due(unit, intent, intent.attempt, at)

    async def give_up(self, unit: Unit, name: str, at: int) -> None:
        """Decide that an attempt has failed whose outcome, when it came due, was refused."""
        intent = await require_intent(unit, name)
        if intent.attempt is not None and is_overdue(intent.attempt, at):
            asked = await _asked_when_due(unit, intent, intent.attempt, at)
            lost = Declined(details=asked.payment_method.details, reason=_LOST)
            await findings.conclude(unit, self.instruments, asked, lost)

    async def _come_due(self, unit: Unit, intent: SetupIntent, attempt: Attempt, at: int) -> None:
        asked = await _asked_when_due(unit, intent, attempt, at)
        answer = self.gateway.settle if asked.kind is si.Settle else self.gateway.expire
        await findings.conclude(unit, self.instruments, asked, answer(asked.question))


async def _asked_when_due(unit: Unit, intent: SetupIntent, attempt: Attempt, at: int) -> Asked:
    kind = si.Settle if attempt.status is AttemptStatus.PROCESSING else si.Expire
    return await asked_again(unit, kind, intent, attempt, at)

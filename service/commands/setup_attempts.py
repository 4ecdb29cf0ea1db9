"""
What goes on with an attempt once its confirmation has been answered.

Its customer acts, on a page or by naming microdeposits; or the instant comes that it waits
for: the provider's answer, or the customer's last chance. Whoever comes after that instant
finds the attempt over, also where nobody has written that down yet.

Whatever comes of it, the attempt is over then: what cannot be kept as it was found has failed.
"""

from dataclasses import dataclass
from typing import Final

import structlog

from service import ids
from service.commands import findings
from service.commands.asking import Asked, asked_again, require_intent
from service.commands.instruments import Instruments
from service.commands.unit import Unit
from service.domain.attempt_state import Attempt
from service.domain.commands import setup_intent as si
from service.domain.errors import Refused
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

log = structlog.get_logger()


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
        await self._conclude(
            unit, asked, self.gateway.authenticate(asked.question, completed=completed)
        )

    async def verify(self, unit: Unit, name: str, at: int, deposits: Deposits) -> None:
        """Decide what follows when the customer has said what the microdeposits were."""
        intent = await require_intent(unit, name)
        waiting = verifiable_attempt(intent)
        if is_overdue(waiting, at):
            await self._come_due(unit, intent, waiting, at)
            return
        asked = await asked_again(unit, si.Verify, intent, waiting, at)
        await self._conclude(unit, asked, self.gateway.verify(asked.question, deposits))

    async def come_due(self, unit: Unit, name: str, at: int) -> None:
        """Decide what follows when the instant has come that intent *name* waits for, if any."""
        intent = await require_intent(unit, name)
        if intent.attempt is not None and is_overdue(intent.attempt, at):
            await self._come_due(unit, intent, intent.attempt, at)

    async def _come_due(self, unit: Unit, intent: SetupIntent, attempt: Attempt, at: int) -> None:
        kind = si.Settle if attempt.status is AttemptStatus.PROCESSING else si.Expire
        asked = await asked_again(unit, kind, intent, attempt, at)
        answer = self.gateway.settle if kind is si.Settle else self.gateway.expire
        await self._conclude(unit, asked, answer(asked.question))

    async def _conclude(self, unit: Unit, asked: Asked, verdict: findings.Found) -> None:
        """
        Decide what *verdict* leads to, or that the attempt has failed where that is refused.

        Its customer or its payment method may be gone since it began. Nobody can mend that,
        and an attempt that nothing concludes would wait for ever.
        """
        try:
            await findings.conclude(unit, self.instruments, asked, verdict)
        except Refused as refusal:
            log.warning("attempt.lost", setup_intent=asked.intent.id, reason=refusal.message)
            unit.forget()
            lost = Declined(details=asked.payment_method.details, reason=_LOST)
            await findings.conclude(unit, self.instruments, asked, lost)

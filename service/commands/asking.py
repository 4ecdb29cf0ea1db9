"""What a gateway is asked about: an attempt, with all that its answer may touch loaded."""

from service.commands import mandates
from service.commands.payment_methods import facts_of, require_payment_method
from service.commands.unit import Unit
from service.domain.attempt_state import Attempt
from service.domain.commands import setup_intent as si
from service.domain.errors import ResourceMissing
from service.domain.facts import PaymentMethodFacts
from service.domain.setup_intent import SetupIntent
from service.domain.values import Value
from service.gateways import port


class Asked(Value, frozen=True, kw_only=True):
    """
    That a gateway is asked about *attempt*, the latest one of *intent*.

    A command of *kind* will tell what it says. *payment_method* is what is set up, and
    *mandate* one of its that holds already.
    """

    kind: type[si.Answered]
    intent: SetupIntent
    attempt: Attempt
    payment_method: PaymentMethodFacts
    at: int
    mandate: str | None = None

    @property
    def question(self) -> port.Attempt:
        """The attempt as a gateway is asked about it."""
        return port.latest_attempt(self.intent, self.payment_method)


async def require_intent(unit: Unit, name: str) -> SetupIntent:
    """Return the SetupIntent *name*. Raise `ResourceMissing` where it is not there."""
    await unit.load(name)
    if not name.startswith("seti_") or unit.shown(name) is None:
        raise ResourceMissing("setupintent", name, param="intent", absent=True)
    intent: SetupIntent = unit.state(name)
    return intent


async def asked_again(
    unit: Unit, kind: type[si.Answered], intent: SetupIntent, attempt: Attempt, at: int
) -> Asked:
    """Return the question about an *attempt* that was answered before, and goes on."""
    await require_payment_method(unit, attempt.payment_method)
    facts = facts_of(unit, attempt.payment_method)
    if intent.customer is not None:
        await unit.load(intent.customer)
    mandate = await mandates.holding(unit, facts, intent)
    return Asked(
        kind=kind, intent=intent, attempt=attempt, payment_method=facts, at=at, mandate=mandate
    )

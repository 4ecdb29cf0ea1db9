"""
What a gateway's answer on an attempt leads to, beside its SetupIntent and on it.

The order is Stripe's: the payment method is attached, and its mandate made, before the intent
is told to have succeeded, so a subscriber who hears of the intent finds both in their place.
Some setups make another payment method, which is the one to debit later: it goes to the
customer in the place of the one that was set up, and the mandate is for it.
"""

from typing import TypeAlias

from service.commands import mandates
from service.commands.asking import Asked
from service.commands.instruments import Instruments
from service.commands.payment_methods import attach, facts_of
from service.commands.unit import Unit
from service.domain.commands import payment_method as pm
from service.domain.instrument import Instrument
from service.domain.values import JsonObject, replace
from service.domain.verdicts import ActionRequired, Declined, Mismatch, Succeeded, Verdict

Found: TypeAlias = Verdict | Mismatch


async def conclude(unit: Unit, instruments: Instruments, asked: Asked, verdict: Found) -> None:
    """Decide all that *verdict* leads to, the intent last. What *asked* names is loaded."""
    name = asked.payment_method.id
    generated = _generated(unit, instruments, asked, verdict)
    details = _mandate_details(asked, verdict)
    made = None if details is None else instruments.new_id("mandate", asked.at * 1000)
    _keep(unit, asked, verdict, None if generated else made)
    if generated is not None:
        _hand_over(unit, asked, generated, made)
    if made is not None and details is not None:
        holds = isinstance(verdict, Succeeded)
        mandate = mandates.Made(name=made, of=generated or name, details=details, holds=holds)
        mandates.make(unit, mandate, asked.intent, asked.attempt, asked.at)
    elif asked.attempt.mandate is not None:
        await _settle(unit, verdict, asked.attempt.mandate, asked.at)
    command = asked.kind(
        setup_intent_id=asked.intent.id,
        at=asked.at,
        attempt=asked.attempt.id,
        payment_method=facts_of(unit, name),
        verdict=verdict,
        mandate=made or _old_mandate(asked, verdict),
        generated=generated,
    )
    unit.decide(asked.intent.id, command)


def _generated(unit: Unit, instruments: Instruments, asked: Asked, verdict: Found) -> str | None:
    """Decide that there is another payment method, where the setup made one, and return its id."""
    if not isinstance(verdict, Succeeded) or verdict.generated is None:
        return None
    instrument = Instrument(
        type=verdict.generated.type,
        details=verdict.generated.details,
        scenario=verdict.generated.scenario,
        billing_details=asked.payment_method.billing_details,
    )
    return instruments.keep(unit, instrument, asked.at)


def _keep(unit: Unit, asked: Asked, verdict: Found, mandate: str | None) -> None:
    """Attach what was set up to the intent's customer, or note what the gateway found."""
    if isinstance(verdict, Mismatch):
        return
    facts, succeeded = asked.payment_method, isinstance(verdict, Succeeded)
    generates = isinstance(verdict, Succeeded) and verdict.generated is not None
    customer = asked.intent.customer if succeeded and not generates else None
    if customer is not None and facts.customer != customer:
        if mandate is not None:
            unit.decide(facts.id, _check(asked, facts.id, verdict.details, mandate))
        attach(unit, facts.id, customer, asked.at, verdict)
    elif mandate is not None or not isinstance(verdict, ActionRequired):
        stays = facts.customer is not None or (asked.intent.attach_to_self and not generates)
        check = _check(asked, facts.id, verdict.details, mandate)
        unit.decide(facts.id, replace(check, spent=succeeded and not stays))


def _hand_over(unit: Unit, asked: Asked, generated: str, mandate: str | None) -> None:
    """Attach what the setup *generated* to the intent's customer, with its mandate."""
    details = unit.state(generated).details
    unit.decide(generated, _check(asked, generated, details, mandate))
    customer = asked.intent.customer
    if customer is not None:
        attach(unit, generated, customer, asked.at, Succeeded(details=details))


def _check(asked: Asked, name: str, details: JsonObject, mandate: str | None) -> pm.Check:
    return pm.Check(
        payment_method_id=name,
        at=asked.at,
        setup_intent=asked.intent.id,
        details=details,
        mandate=mandate,
    )


def _mandate_details(asked: Asked, verdict: Found) -> JsonObject | None:
    """Return what the mandate shows that is to be made now; None where none is."""
    attempt = asked.attempt
    if attempt.mandate_data is None or attempt.mandate is not None:
        return None
    return None if isinstance(verdict, Declined | Mismatch) else verdict.mandate


def _old_mandate(asked: Asked, verdict: Found) -> str | None:
    """Return the mandate that held before, where the attempt comes to it and tells it now."""
    if asked.mandate is None or asked.attempt.mandate is not None:
        return None
    return None if isinstance(verdict, Declined | Mismatch) else asked.mandate


async def _settle(unit: Unit, verdict: Found, mandate: str, at: int) -> None:
    match verdict:
        case Succeeded():
            await mandates.settle(unit, mandate, at, holds=True)
        case Declined() | Mismatch(final=True):
            await mandates.settle(unit, mandate, at, holds=False)
        case _:
            pass  # Nothing is known of it yet.

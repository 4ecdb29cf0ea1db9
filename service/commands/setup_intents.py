"""
What a request on a SetupIntent leads to: which decisions, on which streams, in which order.

A successful setup writes to up to three streams. The order is Stripe's: the payment method
is attached before the intent is told to have succeeded, so a subscriber who hears of the
intent finds the payment method in its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service import ids
from service.commands import confirmation_tokens
from service.commands.confirmation import Confirmation
from service.commands.customers import require_customer
from service.commands.instruments import Instruments
from service.commands.payment_methods import attach, facts_of
from service.commands.unit import Unit
from service.domain.commands import payment_method as pm
from service.domain.commands import setup_intent as si
from service.domain.errors import ResourceMissing
from service.domain.facts import PaymentMethodFacts
from service.domain.setup_intent import SetupIntent, waiting_attempt
from service.domain.values import replace
from service.domain.verdicts import ActionRequired, Succeeded, Verdict
from service.gateways.port import Gateway, latest_attempt


@dataclass(frozen=True, slots=True)
class SetupIntents:
    """Decides on SetupIntents, with *gateway* setting payment methods up."""

    gateway: Gateway
    instruments: Instruments

    async def create(
        self, unit: Unit, command: si.Create, confirmation: Confirmation, *, confirm: bool
    ) -> None:
        """Decide *command*, with the payment method of *confirmation*, and confirm if asked."""
        if command.customer is not None:
            await require_customer(unit, command.customer)
        confirmation = await confirmation_tokens.completed(unit, confirmation)
        facts = await self._named(unit, confirmation, command.at)
        if facts is not None:
            command = replace(command, payment_method=facts)
        unit.decide(command.setup_intent_id, command)
        if confirm:
            self._set_up(unit, command.setup_intent_id, command.at, facts, confirmation)

    async def update(
        self, unit: Unit, name: str, at: int, changes: Mapping[str, Any], wanted: Confirmation
    ) -> None:
        """Decide the *changes*; the payment method that *wanted* tells of is among them."""
        intent = await self._intent(unit, name)
        customer = changes.get("customer")
        if customer is not None:
            await require_customer(unit, customer)
        facts = await self._named(unit, wanted, at)
        if facts is not None:
            changes = {**changes, "payment_method": facts.id}
        elif "payment_method" not in changes and intent.payment_method is not None:
            facts = await self._facts(unit, intent.payment_method)
        unit.decide(
            name, si.Update(setup_intent_id=name, at=at, changes=changes, payment_method=facts)
        )

    async def confirm(self, unit: Unit, name: str, at: int, confirmation: Confirmation) -> None:
        """Decide the start of an attempt, ask the gateway, and decide what follows."""
        intent = await self._intent(unit, name)
        confirmation = await confirmation_tokens.completed(unit, confirmation)
        facts = await self._named(unit, confirmation, at)
        if facts is None and intent.payment_method is not None:
            facts = await self._facts(unit, intent.payment_method)
        if intent.customer is not None:
            await unit.load(intent.customer)
        if facts is not None and confirmation.allowed_types is not None:
            changes = {"allowed_payment_method_types": confirmation.allowed_types}
            unit.decide(name, si.Update(setup_intent_id=name, at=at, changes=changes))
        self._set_up(unit, name, at, facts, confirmation)

    async def authenticate(self, unit: Unit, attempt: str, at: int, *, completed: bool) -> None:
        """Decide what the customer's authentication of a waiting *attempt* leads to."""
        name = ids.intent_of_attempt(attempt) or attempt
        intent = await self._intent(unit, name)
        waiting = waiting_attempt(si.Authenticate, attempt, intent, at)
        facts = await self._facts(unit, waiting.payment_method)
        if facts is None:
            raise ResourceMissing("PaymentMethod", waiting.payment_method, param="attempt")
        if intent.customer is not None:
            await unit.load(intent.customer)
        verdict = self.gateway.authenticate(latest_attempt(intent, facts), completed=completed)
        facts = self._keep_findings(unit, intent, facts, at, verdict)
        command = si.Authenticate(
            setup_intent_id=name, at=at, attempt=attempt, payment_method=facts, verdict=verdict
        )
        unit.decide(name, command)

    async def cancel(self, unit: Unit, name: str, at: int, reason: str | None) -> None:
        """Decide that the intent is given up."""
        await self._intent(unit, name)
        unit.decide(name, si.Cancel(setup_intent_id=name, at=at, reason=reason))

    def _set_up(
        self,
        unit: Unit,
        name: str,
        at: int,
        facts: PaymentMethodFacts | None,
        confirmation: Confirmation,
    ) -> None:
        attempt = ids.attempt_id(name, unit.state(name).attempts + 1)
        confirm = si.Confirm(
            setup_intent_id=name,
            at=at,
            attempt=attempt,
            payment_method=facts,
            payment_method_options=confirmation.payment_method_options,
            return_url=confirmation.return_url,
            use_stripe_sdk=confirmation.use_stripe_sdk or False,
            mandate_data=confirmation.mandate_data,
        )
        unit.decide(name, confirm)
        assert facts is not None  # noqa: S101 (The decider has just refused to go without.)
        intent: SetupIntent = unit.state(name)
        verdict = self.gateway.set_up(latest_attempt(intent, facts))
        facts = self._keep_findings(unit, intent, facts, at, verdict)
        conclude = si.Conclude(
            setup_intent_id=name, at=at, attempt=attempt, payment_method=facts, verdict=verdict
        )
        unit.decide(name, conclude)
        if confirmation.token is not None:
            confirmation_tokens.use(unit, confirmation.token, at, name)

    def _keep_findings(
        self, unit: Unit, intent: SetupIntent, facts: PaymentMethodFacts, at: int, verdict: Verdict
    ) -> PaymentMethodFacts:
        """Attach what was set up to the intent's customer, or note what the gateway found."""
        succeeded = isinstance(verdict, Succeeded)
        if succeeded and intent.customer is not None and facts.customer is None:
            attach(unit, facts.id, intent.customer, at, verdict)
        elif not isinstance(verdict, ActionRequired):
            spent = succeeded and facts.customer is None and not intent.attach_to_self
            check = pm.Check(
                payment_method_id=facts.id,
                at=at,
                setup_intent=intent.id,
                details=verdict.details,
                spent=spent,
            )
            unit.decide(facts.id, check)
        return facts_of(unit, facts.id)

    async def _intent(self, unit: Unit, name: str) -> SetupIntent:
        await unit.load(name)
        if not name.startswith("seti_") or unit.shown(name) is None:
            raise ResourceMissing("setupintent", name, param="intent", absent=True)
        intent: SetupIntent = unit.state(name)
        return intent

    async def _named(
        self, unit: Unit, confirmation: Confirmation, at: int
    ) -> PaymentMethodFacts | None:
        if confirmation.inline is not None:
            return facts_of(unit, await self.instruments.make(unit, confirmation.inline, at))
        if confirmation.named is not None:
            return facts_of(unit, await self.instruments.take(unit, confirmation.named, at))
        if confirmation.instrument is not None:
            return facts_of(unit, self.instruments.keep(unit, confirmation.instrument, at))
        return None

    async def _facts(self, unit: Unit, name: str) -> PaymentMethodFacts | None:
        await unit.load(name)
        return facts_of(unit, name) if unit.shown(name) is not None else None

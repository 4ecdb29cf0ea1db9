"""
What a request on a SetupIntent leads to: which decisions, on which streams, in which order.

A confirmation asks the gateway, and `findings` knows what its answer leads to; how an attempt
goes on after that is told by `setup_attempts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service import ids
from service.commands import confirmation_tokens, findings, mandates
from service.commands.asking import Asked, require_intent
from service.commands.configurations import Configurations
from service.commands.confirmation import Confirmation
from service.commands.customers import require_customer
from service.commands.instruments import Instruments
from service.commands.payment_methods import facts_of
from service.commands.unit import Unit
from service.domain.commands import setup_intent as si
from service.domain.facts import PaymentMethodFacts
from service.domain.method_types import DEFAULT_ENABLED
from service.domain.setup_intent import OPEN, SetupIntent
from service.domain.values import Status, replace
from service.gateways.port import Gateway


@dataclass(frozen=True, slots=True)
class SetupIntents:
    """Decides on SetupIntents, with *gateway* setting payment methods up."""

    gateway: Gateway
    instruments: Instruments
    configurations: Configurations

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
        if command.payment_method_configuration is not None:
            enabled = await self.configurations.enabled(unit, command.payment_method_configuration)
            if enabled is not DEFAULT_ENABLED:
                command = replace(command, enabled=enabled)
        unit.decide(command.setup_intent_id, command)
        if confirm:
            await self._set_up(unit, command.setup_intent_id, command.at, facts, confirmation)

    async def update(
        self, unit: Unit, name: str, at: int, changes: Mapping[str, Any], wanted: Confirmation
    ) -> None:
        """Decide the *changes*; the payment method that *wanted* tells of is among them."""
        intent = await require_intent(unit, name)
        customer = changes.get("customer")
        if customer is not None:
            await require_customer(unit, customer)
        facts = await self._named(unit, wanted, at)
        if facts is not None:
            changes = {**changes, "payment_method": facts.id}
        elif "payment_method" not in changes and intent.payment_method is not None:
            facts = await self._facts(unit, intent.payment_method)
        command = si.Update(setup_intent_id=name, at=at, changes=changes, payment_method=facts)
        unit.decide(name, replace(command, enabled=await self._enabled(unit, intent, changes)))
        await mandates.give_up(unit, name, intent.attempt, at)

    async def confirm(self, unit: Unit, name: str, at: int, confirmation: Confirmation) -> None:
        """Decide the start of an attempt, ask the gateway, and decide what follows."""
        intent = await require_intent(unit, name)
        confirmation = await confirmation_tokens.completed(unit, confirmation)
        facts = await self._named(unit, confirmation, at)
        if facts is None and intent.payment_method is not None:
            facts = await self._facts(unit, intent.payment_method)
        if intent.customer is not None:
            await unit.load(intent.customer)
        if facts and confirmation.allowed_types is not None and intent.status in OPEN:
            changes = {"allowed_payment_method_types": confirmation.allowed_types}
            unit.decide(name, si.Update(setup_intent_id=name, at=at, changes=changes))
        await self._set_up(unit, name, at, facts, confirmation)

    async def cancel(self, unit: Unit, name: str, at: int, reason: str | None) -> None:
        """Decide that the intent is given up."""
        intent = await require_intent(unit, name)
        unit.decide(name, si.Cancel(setup_intent_id=name, at=at, reason=reason))
        await mandates.give_up(unit, name, intent.attempt, at)

    async def _set_up(
        self,
        unit: Unit,
        name: str,
        at: int,
        facts: PaymentMethodFacts | None,
        confirmation: Confirmation,
    ) -> None:
        before: SetupIntent = unit.state(name)
        mandate = None
        if facts is not None and facts.mandates:
            mandate = await mandates.holding(unit, facts, before)
        confirm = si.Confirm(
            setup_intent_id=name,
            at=at,
            attempt=ids.attempt_id(name, before.attempts + 1),
            payment_method=facts,
            payment_method_options=confirmation.payment_method_options,
            return_url=confirmation.return_url,
            use_stripe_sdk=confirmation.use_stripe_sdk or False,
            mandate_data=confirmation.mandate_data,
            inferred_mandate_data=confirmation.inferred_mandate_data,
            mandate=mandate,
        )
        unit.decide(name, confirm)
        if before.attempt is not None:
            await mandates.give_up(unit, name, before.attempt, at)
        assert facts is not None  # noqa: S101 (The decider has just refused to go without.)
        intent: SetupIntent = unit.state(name)
        if intent.status is Status.CANCELED:
            return  # It had been tried as often as may be.
        assert intent.attempt is not None  # noqa: S101 (It has just begun.)
        asked = Asked(
            kind=si.Conclude,
            intent=intent,
            attempt=intent.attempt,
            payment_method=facts,
            at=at,
            mandate=mandate,
        )
        verdict = self.gateway.set_up(asked.question)
        await findings.conclude(unit, self.instruments, asked, verdict)
        if confirmation.token is not None:
            confirmation_tokens.use(unit, confirmation.token, at, name)

    async def _enabled(
        self, unit: Unit, intent: SetupIntent, changes: Mapping[str, Any]
    ) -> tuple[str, ...]:
        """Return the types that are on where an update chooses anew."""
        new = changes.get("payment_method_configuration")
        if new is not None:
            return await self.configurations.enabled(unit, new)
        return await self.configurations.enabled_before(unit, intent.payment_method_configuration)

    async def _named(
        self, unit: Unit, confirmation: Confirmation, at: int
    ) -> PaymentMethodFacts | None:
        if confirmation.inline is not None:
            return facts_of(unit, await self.instruments.make_inline(unit, confirmation.inline, at))
        if confirmation.named is not None:
            return facts_of(unit, await self.instruments.take(unit, confirmation.named, at))
        if confirmation.instrument is not None:
            return facts_of(unit, self.instruments.keep(unit, confirmation.instrument, at))
        return None

    async def _facts(self, unit: Unit, name: str) -> PaymentMethodFacts | None:
        await unit.load(name)
        return facts_of(unit, name) if unit.shown(name) is not None else None

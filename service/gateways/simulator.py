"""
The gateway of the test instruments. Immediate and pure: the same question has the same answer.

It holds no numbers of cards or accounts: an instrument's behaviour is the scenario that its
PaymentMethod keeps the name of.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

from service.domain.errors import InstrumentRefused, ResourceMissing, TypeNotOffered
from service.domain.facts import PaymentMethodFacts
from service.domain.values import JsonObject, Owner
from service.domain.verdicts import Mismatch, Verdict
from service.gateways import bank_accounts, card_simulator, microdeposits, setups, wallet_details
from service.gateways.account_details import ACCOUNTS
from service.gateways.card_form import refuse_expiry
from service.gateways.port import (
    Attempt,
    Deposits,
    Described,
    Fingerprint,
    Instrument,
    Published,
    Tokenized,
)

# Made by card readers, or on a processor that is not ours.
MADE_ELSEWHERE: Final = frozenset({"card", "card_present", "custom", "interac_present"})


@dataclass(frozen=True, slots=True)
class Simulator:
    """Takes Stripe's test instruments in test mode, and nothing in live mode."""

    fingerprint: Fingerprint

    def tokenize(
        self,
        instrument: Instrument,
        *,
        owner: Owner,
        billing_details: JsonObject,
        at: int,
    ) -> Tokenized:
        """Return *instrument* as it is kept. Raise `Refused` where it is not taken."""
        if isinstance(instrument, Published) and not _is_card(instrument.id):
            return self._published(instrument.id, owner)
        if isinstance(instrument, Described):
            return self._described(instrument, owner, billing_details)
        return card_simulator.tokenize(instrument, self.fingerprint, owner, billing_details, at)

    def is_published(self, name: str) -> bool:
        """Say whether *name* is a published payment method's: `pm_card_visa`."""
        return _is_card(name) or bank_accounts.published(name) is not None

    def check_expiry(self, exp_month: int, exp_year: int, at: int) -> None:
        """Raise `CardRefused` where a card would expire in no month or before *at*."""
        refuse_expiry(exp_month, exp_year, at)

    def check(self, payment_method: PaymentMethodFacts) -> Verdict:
        """Return what is found before a customer gets the payment method."""
        if payment_method.type == "card":
            return card_simulator.check(payment_method)
        return setups.check(payment_method)

    def set_up(self, attempt: Attempt) -> Verdict:
        """Set the payment method up, or say what it waits for, or decline."""
        if attempt.payment_method.type == "card":
            return card_simulator.set_up(attempt)
        return setups.set_up(attempt, self.fingerprint)

    def authenticate(self, attempt: Attempt, *, completed: bool) -> Verdict:
        """Go on where the customer has *completed* what was asked for, or refused to."""
        if attempt.payment_method.type == "card":
            return card_simulator.authenticate(attempt, completed=completed)
        return setups.authenticate(attempt, self.fingerprint, completed=completed)

    def verify(self, attempt: Attempt, deposits: Deposits) -> Verdict | Mismatch:
        """Go on with what the customer says that the microdeposits were."""
        mismatch = microdeposits.mismatch(attempt, deposits)
        return mismatch or setups.take(attempt, self.fingerprint)

    def settle(self, attempt: Attempt) -> Verdict:
        """Return what came of an attempt that was processing."""
        return setups.settle(attempt, self.fingerprint)

    def expire(self, attempt: Attempt) -> Verdict:
        """Return what came of an attempt whose time has passed."""
        if attempt.payment_method.type == "card":
            return card_simulator.expire(attempt)
        return setups.expire(attempt, self.fingerprint)

    def _published(self, name: str, owner: Owner) -> Tokenized:
        published = bank_accounts.published(name)
        if published is None:
            raise ResourceMissing("PaymentMethod", name, param="payment_method")
        described, scenario = published
        _refuse_live(described.type, owner, "payment_method")
        tokenized = self._kept(described, owner, {})
        return Tokenized(type=tokenized.type, details=tokenized.details, scenario=scenario)

    def _described(
        self, described: Described, owner: Owner, billing_details: JsonObject
    ) -> Tokenized:
        if described.type in MADE_ELSEWHERE:
            raise TypeNotOffered(described.type)
        _refuse_live(described.type, owner, "type")
        return self._kept(described, owner, billing_details)

    def _kept(self, described: Described, owner: Owner, billing_details: JsonObject) -> Tokenized:
        type_ = described.type
        if type_ in ACCOUNTS:
            return bank_accounts.tokenize(described, partial(self.fingerprint, owner.account))
        details = wallet_details.details(type_, described.given, billing_details)
        return Tokenized(type=type_, details=details, scenario="success")


def _refuse_live(type_: str, owner: Owner, param: str) -> None:
    if owner.livemode:
        raise InstrumentRefused(
            f"No provider of {type_} is connected in live mode.",
            code="payment_method_unactivated",
            param=param,
        )


def _is_card(name: str) -> bool:
    return name.startswith(card_simulator.PUBLISHED_PREFIX)

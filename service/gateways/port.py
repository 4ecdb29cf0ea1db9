"""
What a gateway is asked, and what it answers.

These gateways answer at once: the start of an attempt and its conclusion are one append.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from service.domain.facts import PaymentMethodFacts
from service.domain.setup_intent import SetupIntent
from service.domain.values import NOBODY, JsonObject, Owner, Value
from service.domain.verdicts import Mismatch, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class CardNumber:
    """A card as a form gave it. *number* and *cvc* are shown in no output."""

    number: str = field(repr=False)
    exp_month: int
    exp_year: int
    cvc: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Token:
    """A published token in place of a card's number: `tok_visa`."""

    id: str


@dataclass(frozen=True, slots=True)
class Published:
    """A published payment method, each use of which makes a new one: `pm_card_visa`."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """An instrument of any type but a card; *given* is the hash named like the type, plain."""

    type: str
    given: JsonObject = field(repr=False)


# Names the same number of one account the same way, always; called with account and number.
Fingerprint: TypeAlias = Callable[[str, str], str]
Instrument: TypeAlias = CardNumber | Token | Published | Described


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposits:
    """What a customer says that the microdeposits were: two amounts in cents, or a code."""

    amounts: tuple[int, int] | None = None
    descriptor_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokenized:
    """
    An instrument as it is kept: a PaymentMethod's type, details and scenario.

    *scenario* tells the same gateway later how the instrument behaves.
    """

    type: str
    details: JsonObject
    scenario: str


class Attempt(Value, frozen=True, kw_only=True):
    """
    One attempt to set *payment_method* up.

    *id* is the attempt's own; a gateway that is asked twice with the same one does it once.
    *at* is when it was started. *tries* counts the microdeposits that were named wrongly.
    """

    id: str
    payment_method: PaymentMethodFacts
    options: JsonObject
    usage: str
    at: int
    owner: Owner = NOBODY
    customer: str | None = None
    return_url: str | None = None
    mandate_data: JsonObject | None = None
    tries: int = 0


def latest_attempt(intent: SetupIntent, payment_method: PaymentMethodFacts) -> Attempt:
    """Return the latest attempt of *intent* as a gateway is asked for it."""
    attempt = intent.attempt
    if attempt is None:
        raise ValueError(intent.id)
    return Attempt(
        id=attempt.id,
        payment_method=payment_method,
        options=attempt.payment_method_options,
        usage=intent.usage,
        at=attempt.at,
        owner=intent.owner,
        customer=attempt.customer,
        return_url=attempt.return_url,
        mandate_data=attempt.mandate_data,
        tries=attempt.tries,
    )


class Gateway(Protocol):
    """Takes instruments, checks them, and sets them up."""

    def tokenize(
        self,
        instrument: Instrument,
        *,
        owner: Owner,
        billing_details: JsonObject,
        at: int,
    ) -> Tokenized:
        """Return *instrument* as it is kept. Raise `Refused` where it is not taken."""
        ...

    def is_published(self, name: str) -> bool:
        """Say whether *name* is a published payment method's: `pm_card_visa`."""
        ...

    def check_expiry(self, exp_month: int, exp_year: int, at: int) -> None:
        """Raise `CardRefused` where a card would expire in no month or before *at*."""
        ...

    def check(self, payment_method: PaymentMethodFacts) -> Verdict:
        """Return what the gateway finds before a customer gets the payment method."""
        ...

    def set_up(self, attempt: Attempt) -> Verdict:
        """Set the attempt's payment method up for later use."""
        ...

    def authenticate(self, attempt: Attempt, *, completed: bool) -> Verdict:
        """Go on where the customer has *completed* what was asked for, or refused to."""
        ...

    def verify(self, attempt: Attempt, deposits: Deposits) -> Verdict | Mismatch:
        """Go on with what the customer says that the microdeposits were."""
        ...

    def settle(self, attempt: Attempt) -> Verdict:
        """Return what came of an attempt that was processing."""
        ...

    def expire(self, attempt: Attempt) -> Verdict:
        """
        Return what came of the attempt whose time has passed.

        It is over, but where the customer approves in an app that tells nobody of it before.
        """
        ...

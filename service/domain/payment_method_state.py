"""What a PaymentMethod's decisions need to know, folded from its stream."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import reduce
from typing import Final, assert_never, cast

from service.domain import blanks
from service.domain.events import (
    Event,
    PaymentMethodAttached,
    PaymentMethodChecked,
    PaymentMethodCreated,
    PaymentMethodDetached,
    PaymentMethodEvent,
    PaymentMethodUpdated,
    PersonalDataForgotten,
)
from service.domain.facts import PaymentMethodFacts
from service.domain.impossible import ImpossibleEvent
from service.domain.method_types import TYPES
from service.domain.values import NOBODY, JsonObject, Owner, Value, field, replace


class Standing(StrEnum):
    """What a payment method is good for: spent, for a customer; used up, for nothing."""

    NEW = "new"
    FREE = "free"
    SPENT = "spent"
    ATTACHED = "attached"
    USED_UP = "used_up"


TAKEN_BY_NO_INTENT: Final = frozenset({Standing.SPENT, Standing.USED_UP})


class PaymentMethod(Value, frozen=True, kw_only=True):
    """A payment method. Before its first event it has no id."""

    id: str = ""
    owner: Owner = NOBODY
    type: str = ""
    scenario: str = ""
    customer: str | None = None
    spent: bool = False
    detached: bool = False
    details: JsonObject = field(default_factory=dict)
    billing_details: JsonObject = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)
    allow_redisplay: str = "unspecified"
    mandates: tuple[str, ...] = ()

    @property
    def standing(self) -> Standing:
        """What it is good for now."""
        if not self.id:
            return Standing.NEW
        if self.customer is not None:
            return Standing.ATTACHED
        if self.detached or (self.spent and self._makes_another):
            return Standing.USED_UP
        return Standing.SPENT if self.spent else Standing.FREE

    @property
    def _makes_another(self) -> bool:
        """Whether it is set up once, and what it makes serves after that."""
        return self.type in TYPES and TYPES[self.type].generates is not None

    @property
    def shown(self) -> JsonObject:
        """The attributes that an update may change."""
        return {
            "allow_redisplay": self.allow_redisplay,
            "billing_details": self.billing_details,
            "details": self.details,
            "metadata": self.metadata,
        }


def facts(payment_method: PaymentMethod, snapshot: JsonObject) -> PaymentMethodFacts:
    """Return what others must know of *payment_method*; *snapshot* is its view."""
    return PaymentMethodFacts(
        id=payment_method.id,
        type=payment_method.type,
        details=payment_method.details,
        scenario=payment_method.scenario,
        snapshot=snapshot,
        billing_details=payment_method.billing_details,
        customer=payment_method.customer,
        spent=payment_method.spent,
        detached=payment_method.detached,
        mandates=payment_method.mandates,
    )


def fold(history: Iterable[Event]) -> PaymentMethod:
    """Return what *history*, the whole stream in its order, leads to."""
    return reduce(evolve, cast("Iterable[PaymentMethodEvent]", history), PaymentMethod())


def evolve(payment_method: PaymentMethod, event: PaymentMethodEvent) -> PaymentMethod:
    """Return *payment_method* as it is after *event*; `ImpossibleEvent` where it cannot be."""
    if isinstance(event, PaymentMethodCreated) is not (payment_method.standing is Standing.NEW):
        raise ImpossibleEvent(event)
    match event:
        case PaymentMethodCreated():
            return _created(event)
        case PaymentMethodUpdated(changed=changed):
            return replace(payment_method, **changed)
        case PaymentMethodChecked():
            return _checked(payment_method, event)
        case PaymentMethodAttached(customer=customer, details=details):
            return replace(payment_method, customer=customer, details=details, spent=False)
        case PaymentMethodDetached():
            return replace(payment_method, customer=None, detached=True)
        case PersonalDataForgotten():
            left = blanks.method_changes(payment_method.shown)
            return replace(payment_method, **left)
        case _:
            assert_never(event)


def _checked(payment_method: PaymentMethod, event: PaymentMethodChecked) -> PaymentMethod:
    spent = payment_method.spent or event.spent
    if event.mandate is None:
        return replace(payment_method, details=event.details, spent=spent)
    mandates = (*payment_method.mandates, event.mandate)
    return replace(payment_method, details=event.details, spent=spent, mandates=mandates)


def _created(event: PaymentMethodCreated) -> PaymentMethod:
    return PaymentMethod(
        id=event.payment_method_id,
        owner=Owner(event.account, event.livemode),
        type=event.type,
        scenario=event.scenario,
        details=event.details,
        billing_details=event.billing_details,
        metadata=event.metadata,
        allow_redisplay=event.allow_redisplay,
    )

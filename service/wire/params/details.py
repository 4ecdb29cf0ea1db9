"""Hashes that several operations take: who pays, where they live, how much we may ask."""

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta

from service.wire.hashes import (
    EMAIL,
    MAX_TEXT_LENGTH,
    Amount,
    Clearable,
    ClearableText,
    Hash,
    Ignored,
    Maybe,
    Text,
)
from service.wire.params.enumerations import Currency

Email: TypeAlias = Annotated[str, EMAIL, Meta(max_length=MAX_TEXT_LENGTH)]
AllowRedisplay: TypeAlias = Literal["always", "limited", "unspecified"]


class Address(Hash, frozen=True, kw_only=True):
    """An address. Checkout forms send the lines left blank, so each may be empty."""

    city: Maybe[ClearableText] = UNSET
    country: Maybe[ClearableText] = UNSET
    line1: Maybe[ClearableText] = UNSET
    line2: Maybe[ClearableText] = UNSET
    postal_code: Maybe[ClearableText] = UNSET
    state: Maybe[ClearableText] = UNSET


class BillingDetails(Hash, frozen=True, kw_only=True):
    address: Maybe[Clearable[Address]] = UNSET
    email: Maybe[Clearable[Email]] = UNSET
    name: Maybe[ClearableText] = UNSET
    phone: Maybe[ClearableText] = UNSET
    tax_id: Maybe[ClearableText] = UNSET


class Shipping(Hash, frozen=True, kw_only=True):
    address: Address
    name: Text
    phone: Maybe[ClearableText] = UNSET


class RadarOptions(Hash, frozen=True, kw_only=True):
    """What tells that a person is there. The proof of a captcha is Stripe.js's."""

    hcaptcha_token: Ignored = UNSET
    session: Maybe[Text] = UNSET


class SingleUse(Hash, frozen=True, kw_only=True):
    """The one amount that a single-use mandate allows, in the currency's smallest unit."""

    amount: Amount
    currency: Currency


class AutomaticPaymentMethods(Hash, frozen=True, kw_only=True):
    allow_redirects: Maybe[Literal["always", "never"]] = UNSET
    enabled: bool

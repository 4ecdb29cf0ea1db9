"""The hashes of payment methods that are neither cards nor bank accounts, where they hold any."""

from typing import Annotated, Literal

from msgspec import Meta

from service.wire.params.enumerations import (
    EpsBank,
    FpxBank,
    IdealBank,
    IdealBic,
    KoreanCardBrand,
    P24Bank,
)
from service.wire.resources.shape import Resource


class Plain(Resource, frozen=True, kw_only=True):
    """A type with nothing to show of its own."""


class Buyer(Resource, frozen=True, kw_only=True):
    """Bizum and BLIK: the buyer, once the provider has told of one."""

    buyer_id: str | None


class Boleto(Resource, frozen=True, kw_only=True):
    tax_id: str


class Cashapp(Resource, frozen=True, kw_only=True):
    buyer_id: str | None
    cashtag: str | None


class Eps(Resource, frozen=True, kw_only=True):
    bank: EpsBank | None


class Fpx(Resource, frozen=True, kw_only=True):
    bank: FpxBank


class Ideal(Resource, frozen=True, kw_only=True):
    bank: IdealBank | None
    bic: IdealBic | None


class DateOfBirth(Resource, frozen=True, kw_only=True):
    day: int | None
    month: int | None
    year: int | None


class Klarna(Resource, frozen=True, kw_only=True):
    dob: DateOfBirth | None


class KrCard(Resource, frozen=True, kw_only=True):
    brand: KoreanCardBrand | None
    last4: Annotated[str, Meta(max_length=4)] | None


class Link(Resource, frozen=True, kw_only=True):
    email: str | None


class NaverPay(Resource, frozen=True, kw_only=True):
    buyer_id: str | None
    funding: Literal["card", "points"]


class P24(Resource, frozen=True, kw_only=True):
    bank: P24Bank | None


class Paypal(Resource, frozen=True, kw_only=True):
    country: str | None
    payer_email: str | None
    payer_id: str | None


class Pix(Resource, frozen=True, kw_only=True):
    fingerprint: str | None


class Sofort(Resource, frozen=True, kw_only=True):
    country: str | None


class Upi(Resource, frozen=True, kw_only=True):
    vpa: str | None

"""The customer object, and what is left of one that was deleted."""

from typing import Literal

from msgspec import UNSET

from service.wire.resources.shape import (
    Address,
    APaymentMethod,
    ASource,
    ATestClock,
    Json,
    Maybe,
    Metadata,
    Resource,
    Timestamp,
)


class CustomField(Resource, frozen=True, kw_only=True):
    name: str
    value: str


class InvoiceSettings(Resource, frozen=True, kw_only=True):
    custom_fields: list[CustomField] | None
    default_payment_method: APaymentMethod | None
    footer: str | None
    rendering_options: Json | None


class Shipping(Resource, frozen=True, kw_only=True):
    address: Address
    name: str
    phone: str | None


class Customer(Resource, frozen=True, kw_only=True):
    id: str
    object: Literal["customer"]
    address: Address | None
    balance: int
    business_name: Maybe[str] = UNSET
    created: Timestamp
    currency: str | None
    customer_account: str | None
    default_source: ASource | None
    delinquent: bool | None
    description: str | None
    discount: Json | None
    email: str | None
    individual_name: Maybe[str] = UNSET
    invoice_prefix: str | None
    invoice_settings: InvoiceSettings
    livemode: bool
    metadata: Metadata
    name: str | None
    next_invoice_sequence: int
    phone: str | None
    preferred_locales: list[str]
    shipping: Shipping | None
    tax_exempt: Literal["exempt", "none", "reverse"]
    test_clock: ATestClock | None


class DeletedCustomer(Resource, frozen=True, kw_only=True):
    id: str
    object: Literal["customer"]
    deleted: Literal[True]

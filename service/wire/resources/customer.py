"""The customer object, and what is left of one that was deleted."""

from typing import Annotated, Literal

from msgspec import UNSET

from service.wire.resources.customer_taxes import CustomerTax, TaxIdsList
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
    whole,
)


class CustomField(Resource, frozen=True, kw_only=True):
    name: str
    value: str


class InvoiceSettings(Resource, frozen=True, kw_only=True):
    custom_fields: list[CustomField] | None
    default_payment_method: APaymentMethod | None
    footer: str | None
    rendering_options: Annotated[Json, whole("rendering_options")] | None


class Shipping(Resource, frozen=True, kw_only=True):
    address: Address
    name: str
    phone: str | None


class SourcesList(Resource, frozen=True, kw_only=True):
    """What a customer has many of, in a product that is not here: always none."""

    object: Literal["list"]
    data: Annotated[list[Json], whole("source")]
    has_more: bool
    url: str


class SubscriptionsList(Resource, frozen=True, kw_only=True):
    """As `SourcesList`."""

    object: Literal["list"]
    data: Annotated[list[Json], whole("subscription")]
    has_more: bool
    url: str


class CashBalanceSettings(Resource, frozen=True, kw_only=True):
    reconciliation_mode: Literal["automatic", "manual"]
    using_merchant_default: bool


class CashBalance(Resource, frozen=True, kw_only=True):
    """How money that is sent by bank transfer would be used. There is none: nobody pays here."""

    object: Literal["cash_balance"]
    available: dict[str, int] | None
    customer: str
    customer_account: str | None
    livemode: bool
    settings: CashBalanceSettings


class Customer(Resource, frozen=True, kw_only=True):
    id: str
    object: Literal["customer"]
    address: Address | None
    balance: int
    business_name: Maybe[str] = UNSET
    cash_balance: Maybe[CashBalance | None] = UNSET
    created: Timestamp
    currency: str | None
    customer_account: str | None
    default_source: ASource | None
    delinquent: bool | None
    description: str | None
    discount: Annotated[Json, whole("discount")] | None
    email: str | None
    individual_name: Maybe[str] = UNSET
    invoice_credit_balance: Maybe[Annotated[Json, whole("balances")]] = UNSET
    invoice_prefix: str | None
    invoice_settings: InvoiceSettings
    livemode: bool
    metadata: Metadata
    name: str | None
    next_invoice_sequence: int
    phone: str | None
    preferred_locales: list[str]
    shipping: Shipping | None
    sources: Maybe[SourcesList] = UNSET
    subscriptions: Maybe[SubscriptionsList] = UNSET
    tax: Maybe[CustomerTax] = UNSET
    tax_exempt: Literal["exempt", "none", "reverse"]
    tax_ids: Maybe[TaxIdsList] = UNSET
    test_clock: ATestClock | None


class DeletedCustomer(Resource, frozen=True, kw_only=True):
    id: str
    object: Literal["customer"]
    deleted: Literal[True]


class ForgottenCustomer(Resource, frozen=True, kw_only=True):
    """
    What is left of a customer that was forgotten, and is deleted.

    *forgotten* counts the objects, the customer among them, in which something personal was
    forgotten by this call: none are left for another one.
    """

    id: str
    object: Literal["forgotten_customer"]
    forgotten: int
    livemode: bool

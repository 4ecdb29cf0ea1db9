"""What the operations on Customers take."""

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta

from service.wire.hashes import EMAIL, Clearable, ClearableText, Hash, Maybe, Metadata, Text
from service.wire.params.customer_taxes import Tax, TaxIdData, TaxOfNew
from service.wire.params.details import Address, Shipping
from service.wire.params.lists import Created, Expandable, ListParams

Email: TypeAlias = Annotated[str, EMAIL, Meta(max_length=512)]
Name: TypeAlias = Annotated[str, Meta(max_length=256)]
LegalName: TypeAlias = Annotated[str, Meta(max_length=150)]
Phone: TypeAlias = Annotated[str, Meta(max_length=20)]
InvoicePrefix: TypeAlias = Annotated[str, Meta(min_length=3, max_length=12, pattern=r"^[A-Z0-9]+$")]
InvoiceNumber: TypeAlias = Annotated[int, Meta(ge=1, le=10**9)]
# Balances are in the currency's smallest unit; beyond this, JavaScript would round them.
Balance: TypeAlias = Annotated[int, Meta(ge=-(2**53) + 1, le=2**53 - 1)]


class CustomField(Hash, frozen=True, kw_only=True):
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    value: Annotated[str, Meta(min_length=1, max_length=140)]


class RenderingOptions(Hash, frozen=True, kw_only=True):
    amount_tax_display: Maybe[Literal["", "exclude_tax", "include_inclusive_tax"]] = UNSET
    template: Maybe[Text] = UNSET


class InvoiceSettings(Hash, frozen=True, kw_only=True):
    custom_fields: Maybe[Clearable[Annotated[tuple[CustomField, ...], Meta(max_length=4)]]] = UNSET
    default_payment_method: Maybe[ClearableText] = UNSET
    footer: Maybe[ClearableText] = UNSET
    rendering_options: Maybe[Clearable[RenderingOptions]] = UNSET


class CashBalanceSettingsData(Hash, frozen=True, kw_only=True):
    reconciliation_mode: Maybe[Literal["automatic", "manual", "merchant_default"]] = UNSET


class CashBalanceData(Hash, frozen=True, kw_only=True):
    settings: Maybe[CashBalanceSettingsData] = UNSET


class CustomerUpdateParams(Expandable, frozen=True, kw_only=True):
    """What may be said of a customer at any time. Each text may be sent empty, to unset it."""

    address: Maybe[Clearable[Address]] = UNSET
    balance: Maybe[Balance] = UNSET
    business_name: Maybe[LegalName] = UNSET
    cash_balance: Maybe[CashBalanceData] = UNSET
    description: Maybe[ClearableText] = UNSET
    email: Maybe[Clearable[Email]] = UNSET
    individual_name: Maybe[LegalName] = UNSET
    invoice_prefix: Maybe[InvoicePrefix] = UNSET
    invoice_settings: Maybe[InvoiceSettings] = UNSET
    metadata: Maybe[Clearable[Metadata]] = UNSET
    name: Maybe[Name] = UNSET
    next_invoice_sequence: Maybe[InvoiceNumber] = UNSET
    phone: Maybe[Phone] = UNSET
    preferred_locales: Maybe[Clearable[tuple[Text, ...]]] = UNSET
    shipping: Maybe[Clearable[Shipping]] = UNSET
    tax: Maybe[Tax] = UNSET
    tax_exempt: Maybe[Literal["", "exempt", "none", "reverse"]] = UNSET


class CustomerCreateParams(CustomerUpdateParams, frozen=True, kw_only=True):
    """As an update, and what only a new customer begins with: what is attached to it at once."""

    payment_method: Maybe[Text] = UNSET
    tax: Maybe[TaxOfNew] = UNSET
    tax_id_data: Maybe[tuple[TaxIdData, ...]] = UNSET


class CustomerRetrieveParams(Expandable, frozen=True, kw_only=True):
    pass


class CustomerDeleteParams(Hash, frozen=True, kw_only=True):
    pass


class CustomerForgetParams(Hash, frozen=True, kw_only=True):
    pass


class CustomerListParams(ListParams, frozen=True, kw_only=True):
    created: Maybe[Created] = UNSET
    email: Maybe[Annotated[str, Meta(min_length=1, max_length=512)]] = UNSET


class CustomerSearchParams(Expandable, frozen=True, kw_only=True):
    limit: Maybe[int] = UNSET
    page: Maybe[Text] = UNSET
    query: Text

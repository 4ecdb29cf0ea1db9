"""
`payment_method_options`: how each payment method type is to be set up.

The same tree stands in create, update and confirm. One field per type; what is an empty
hash takes nothing yet.
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta

from service.wire.hashes import (
    Clearable,
    ClearableText,
    Currency,
    Empty,
    Hash,
    Maybe,
    Text,
    Timestamp,
)
from service.wire.params.card_options import CardOptions
from service.wire.params.enumerations import KlarnaLocale


class AcssDebitMandateOptions(Hash, frozen=True, kw_only=True):
    custom_mandate_url: Maybe[ClearableText] = UNSET
    default_for: Maybe[tuple[Literal["invoice", "subscription"], ...]] = UNSET
    interval_description: Maybe[Annotated[str, Meta(min_length=1, max_length=500)]] = UNSET
    payment_schedule: Maybe[Literal["combined", "interval", "sporadic"]] = UNSET
    transaction_type: Maybe[Literal["business", "personal"]] = UNSET


class AcssDebitOptions(Hash, frozen=True, kw_only=True):
    currency: Maybe[Literal["cad", "usd"]] = UNSET
    mandate_options: Maybe[AcssDebitMandateOptions] = UNSET
    verification_method: Maybe[Literal["automatic", "instant", "microdeposits"]] = UNSET


class BacsDebitMandateOptions(Hash, frozen=True, kw_only=True):
    reference_prefix: Maybe[Annotated[str, Meta(max_length=12)]] = UNSET


class BacsDebitOptions(Hash, frozen=True, kw_only=True):
    mandate_options: Maybe[BacsDebitMandateOptions] = UNSET


class BlikMandateOptions(Hash, frozen=True, kw_only=True):
    expires_at: Maybe[Timestamp] = UNSET


class BlikOptions(Hash, frozen=True, kw_only=True):
    code: Maybe[Text] = UNSET
    mandate_options: Maybe[BlikMandateOptions] = UNSET


class KlarnaOnDemand(Hash, frozen=True, kw_only=True):
    average_amount: Maybe[int] = UNSET
    maximum_amount: Maybe[int] = UNSET
    minimum_amount: Maybe[int] = UNSET
    purchase_interval: Maybe[Literal["day", "month", "week", "year"]] = UNSET
    purchase_interval_count: Maybe[int] = UNSET


class KlarnaNextBilling(Hash, frozen=True, kw_only=True):
    amount: int
    date: Text


class KlarnaSubscription(Hash, frozen=True, kw_only=True):
    interval: Literal["day", "month", "week", "year"]
    interval_count: Maybe[int] = UNSET
    name: Maybe[Annotated[str, Meta(min_length=1, max_length=255)]] = UNSET
    next_billing: KlarnaNextBilling
    reference: Annotated[str, Meta(min_length=1, max_length=255)]


class KlarnaOptions(Hash, frozen=True, kw_only=True):
    currency: Maybe[Currency] = UNSET
    on_demand: Maybe[KlarnaOnDemand] = UNSET
    preferred_locale: Maybe[KlarnaLocale] = UNSET
    subscriptions: Maybe[Clearable[tuple[KlarnaSubscription, ...]]] = UNSET


class PaypalOptions(Hash, frozen=True, kw_only=True):
    billing_agreement_id: Maybe[Text] = UNSET


class PaytoMandateOptions(Hash, frozen=True, kw_only=True):
    amount: Maybe[Clearable[int]] = UNSET
    amount_type: Maybe[Literal["", "fixed", "maximum"]] = UNSET
    end_date: Maybe[ClearableText] = UNSET
    payment_schedule: Maybe[
        Literal[
            "",
            "adhoc",
            "annual",
            "daily",
            "fortnightly",
            "monthly",
            "quarterly",
            "semi_annual",
            "weekly",
        ]
    ] = UNSET
    payments_per_period: Maybe[Clearable[int]] = UNSET
    purpose: Maybe[
        Literal[
            "",
            "dependant_support",
            "government",
            "loan",
            "mortgage",
            "other",
            "pension",
            "personal",
            "retail",
            "salary",
            "tax",
            "utility",
        ]
    ] = UNSET
    start_date: Maybe[ClearableText] = UNSET


class PaytoOptions(Hash, frozen=True, kw_only=True):
    mandate_options: Maybe[PaytoMandateOptions] = UNSET


class PixMandateOptions(Hash, frozen=True, kw_only=True):
    amount: Maybe[int] = UNSET
    amount_includes_iof: Maybe[Literal["always", "never"]] = UNSET
    amount_type: Maybe[Literal["fixed", "maximum"]] = UNSET
    currency: Maybe[Currency] = UNSET
    end_date: Maybe[Text] = UNSET
    payment_schedule: Maybe[Literal["halfyearly", "monthly", "quarterly", "weekly", "yearly"]] = (
        UNSET
    )
    reference: Maybe[Annotated[str, Meta(min_length=1, max_length=35)]] = UNSET
    start_date: Maybe[Text] = UNSET


class PixOptions(Hash, frozen=True, kw_only=True):
    mandate_options: Maybe[PixMandateOptions] = UNSET


class SepaDebitMandateOptions(Hash, frozen=True, kw_only=True):
    reference_prefix: Maybe[Annotated[str, Meta(max_length=12)]] = UNSET


class SepaDebitOptions(Hash, frozen=True, kw_only=True):
    mandate_options: Maybe[SepaDebitMandateOptions] = UNSET


class UpiMandateOptions(Hash, frozen=True, kw_only=True):
    amount: Maybe[int] = UNSET
    amount_type: Maybe[Literal["fixed", "maximum"]] = UNSET
    description: Maybe[Annotated[str, Meta(min_length=1, max_length=20)]] = UNSET
    end_date: Maybe[Timestamp] = UNSET


class UpiOptions(Hash, frozen=True, kw_only=True):
    mandate_options: Maybe[UpiMandateOptions] = UNSET
    setup_future_usage: Maybe[Literal["", "none", "off_session", "on_session"]] = UNSET


class AccountFilters(Hash, frozen=True, kw_only=True):
    account_subcategories: Maybe[tuple[Literal["checking", "savings"], ...]] = UNSET


class FinancialConnections(Hash, frozen=True, kw_only=True):
    filters: Maybe[AccountFilters] = UNSET
    permissions: Maybe[
        tuple[Literal["balances", "ownership", "payment_method", "transactions"], ...]
    ] = UNSET
    prefetch: Maybe[tuple[Literal["balances", "ownership", "transactions"], ...]] = UNSET
    return_url: Maybe[Text] = UNSET


class UsBankAccountMandateOptions(Hash, frozen=True, kw_only=True):
    collection_method: Maybe[Literal["", "paper"]] = UNSET


class BankNetworks(Hash, frozen=True, kw_only=True):
    requested: Maybe[tuple[Literal["ach", "us_domestic_wire"], ...]] = UNSET


class UsBankAccountOptions(Hash, frozen=True, kw_only=True):
    financial_connections: Maybe[FinancialConnections] = UNSET
    mandate_options: Maybe[UsBankAccountMandateOptions] = UNSET
    networks: Maybe[BankNetworks] = UNSET
    verification_method: Maybe[Literal["automatic", "instant", "microdeposits"]] = UNSET


class PaymentMethodOptions(Hash, frozen=True, kw_only=True):
    acss_debit: Maybe[AcssDebitOptions] = UNSET
    amazon_pay: Maybe[Empty] = UNSET
    bacs_debit: Maybe[BacsDebitOptions] = UNSET
    bizum: Maybe[Empty] = UNSET
    blik: Maybe[BlikOptions] = UNSET
    card: Maybe[CardOptions] = UNSET
    card_present: Maybe[Empty] = UNSET
    klarna: Maybe[KlarnaOptions] = UNSET
    link: Maybe[Empty] = UNSET
    paypal: Maybe[PaypalOptions] = UNSET
    payto: Maybe[PaytoOptions] = UNSET
    pix: Maybe[PixOptions] = UNSET
    sepa_debit: Maybe[SepaDebitOptions] = UNSET
    upi: Maybe[UpiOptions] = UNSET
    us_bank_account: Maybe[UsBankAccountOptions] = UNSET

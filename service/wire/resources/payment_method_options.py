"""`payment_method_options` as a SetupIntent shows them: one hash for each type that has any."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta

from service.wire.params.enumerations import CardNetwork
from service.wire.resources.shape import Maybe, Resource, Timestamp

AmountType = Literal["fixed", "maximum"]
VerificationMethod = Literal["automatic", "instant", "microdeposits"]


class NoOptions(Resource, frozen=True, kw_only=True):
    """A type that takes no options yet."""


class AcssDebitMandateOptions(Resource, frozen=True, kw_only=True):
    custom_mandate_url: Maybe[str] = UNSET
    default_for: Maybe[list[Literal["invoice", "subscription"]]] = UNSET
    interval_description: str | None
    payment_schedule: Literal["combined", "interval", "sporadic"] | None
    transaction_type: Literal["business", "personal"] | None


class AcssDebitOptions(Resource, frozen=True, kw_only=True):
    currency: Literal["cad", "usd"] | None
    mandate_options: AcssDebitMandateOptions
    verification_method: VerificationMethod


class ReferencePrefix(Resource, frozen=True, kw_only=True):
    reference_prefix: Maybe[str] = UNSET


class ReferencedDebitOptions(Resource, frozen=True, kw_only=True):
    """Bacs and SEPA: how the mandate's reference begins."""

    mandate_options: ReferencePrefix


class BlikMandateOptions(Resource, frozen=True, kw_only=True):
    expires_at: Timestamp | None
    type: Literal["off_session"] | None


class BlikOptions(Resource, frozen=True, kw_only=True):
    mandate_options: BlikMandateOptions


class CardMandateOptions(Resource, frozen=True, kw_only=True):
    amount: int
    amount_type: AmountType
    currency: str
    description: Annotated[str, Meta(max_length=200)] | None
    end_date: Timestamp | None
    interval: Literal["day", "month", "sporadic", "week", "year"]
    interval_count: int | None
    reference: Annotated[str, Meta(max_length=80)]
    start_date: Timestamp
    supported_types: list[Literal["india"]] | None


class CardOptions(Resource, frozen=True, kw_only=True):
    mandate_options: CardMandateOptions | None
    network: CardNetwork | None
    request_three_d_secure: Literal["any", "automatic", "challenge"] | None
    setup_credential_usage: Maybe[Literal["installment", "recurring", "unscheduled"]] = UNSET


class KlarnaOptions(Resource, frozen=True, kw_only=True):
    currency: str | None
    preferred_locale: str | None


class LinkOptions(Resource, frozen=True, kw_only=True):
    persistent_token: None


class PaypalOptions(Resource, frozen=True, kw_only=True):
    billing_agreement_id: str | None


class PaytoMandateOptions(Resource, frozen=True, kw_only=True):
    amount: int | None
    amount_type: AmountType | None
    end_date: str | None
    payment_schedule: (
        Literal[
            "adhoc",
            "annual",
            "daily",
            "fortnightly",
            "monthly",
            "quarterly",
            "semi_annual",
            "weekly",
        ]
        | None
    )
    payments_per_period: int | None
    purpose: (
        Literal[
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
        | None
    )
    start_date: str | None


class PaytoOptions(Resource, frozen=True, kw_only=True):
    mandate_options: PaytoMandateOptions


class PixMandateOptions(Resource, frozen=True, kw_only=True):
    amount: Maybe[int] = UNSET
    amount_includes_iof: Maybe[Literal["always", "never"]] = UNSET
    amount_type: Maybe[AmountType] = UNSET
    currency: Maybe[str] = UNSET
    end_date: Maybe[str] = UNSET
    payment_schedule: Maybe[Literal["halfyearly", "monthly", "quarterly", "weekly", "yearly"]] = (
        UNSET
    )
    reference: Maybe[str] = UNSET
    start_date: Maybe[str] = UNSET


class PixOptions(Resource, frozen=True, kw_only=True):
    mandate_options: PixMandateOptions


class UpiMandateOptions(Resource, frozen=True, kw_only=True):
    amount: int | None
    amount_type: AmountType | None
    description: Annotated[str, Meta(max_length=20)] | None
    end_date: Timestamp | None


class UpiOptions(Resource, frozen=True, kw_only=True):
    mandate_options: UpiMandateOptions


class AccountFilters(Resource, frozen=True, kw_only=True):
    account_subcategories: Maybe[list[Literal["checking", "savings"]]] = UNSET


class FinancialConnections(Resource, frozen=True, kw_only=True):
    filters: Maybe[AccountFilters] = UNSET
    permissions: Maybe[list[Literal["balances", "ownership", "payment_method", "transactions"]]] = (
        UNSET
    )
    prefetch: list[Literal["balances", "ownership", "transactions"]] | None
    return_url: Maybe[str] = UNSET


class UsBankAccountMandateOptions(Resource, frozen=True, kw_only=True):
    collection_method: Maybe[Literal["paper"]] = UNSET


class UsBankAccountOptions(Resource, frozen=True, kw_only=True):
    financial_connections: Maybe[FinancialConnections] = UNSET
    mandate_options: UsBankAccountMandateOptions
    verification_method: VerificationMethod


class PaymentMethodOptions(Resource, frozen=True, kw_only=True):
    acss_debit: Maybe[AcssDebitOptions] = UNSET
    amazon_pay: Maybe[NoOptions] = UNSET
    bacs_debit: Maybe[ReferencedDebitOptions] = UNSET
    bizum: Maybe[NoOptions] = UNSET
    blik: Maybe[BlikOptions] = UNSET
    card: Maybe[CardOptions] = UNSET
    card_present: Maybe[NoOptions] = UNSET
    klarna: Maybe[KlarnaOptions] = UNSET
    link: Maybe[LinkOptions] = UNSET
    paypal: Maybe[PaypalOptions] = UNSET
    payto: Maybe[PaytoOptions] = UNSET
    pix: Maybe[PixOptions] = UNSET
    sepa_debit: Maybe[ReferencedDebitOptions] = UNSET
    upi: Maybe[UpiOptions] = UNSET
    us_bank_account: Maybe[UsBankAccountOptions] = UNSET

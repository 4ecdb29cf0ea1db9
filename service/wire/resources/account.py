"""The account object, and the application that a platform is to the accounts it acts for."""

from typing import Literal

from service.wire.resources.shape import Json, Metadata, Resource, Timestamp


class AnnualRevenue(Resource, frozen=True, kw_only=True):
    amount: int | None
    currency: str | None
    fiscal_year_end: str | None


class BusinessProfile(Resource, frozen=True, kw_only=True):
    annual_revenue: AnnualRevenue | None
    estimated_worker_count: int | None
    mcc: str | None
    minority_owned_business_designation: list[str] | None
    name: str | None
    product_description: str | None
    specified_commercial_transactions_act_url: str | None
    support_address: Json | None
    support_email: str | None
    support_phone: str | None
    support_url: str | None
    url: str | None


class Controller(Resource, frozen=True, kw_only=True):
    type: Literal["account", "application"]


class ExternalAccounts(Resource, frozen=True, kw_only=True):
    """Where payouts go: nowhere, as nothing is paid out here."""

    object: Literal["list"]
    data: list[Json]
    has_more: bool
    url: str


class Requirements(Resource, frozen=True, kw_only=True):
    """What is still to be told about the business: nothing."""

    alternatives: list[Json]
    current_deadline: Timestamp | None
    currently_due: list[str]
    disabled_reason: str | None
    errors: list[Json]
    eventually_due: list[str]
    past_due: list[str]
    pending_verification: list[str]


class BacsDebitPayments(Resource, frozen=True, kw_only=True):
    display_name: str | None
    service_user_number: str | None


class Branding(Resource, frozen=True, kw_only=True):
    icon: str | None
    logo: str | None
    primary_color: str | None
    secondary_color: str | None


class DeclineOn(Resource, frozen=True, kw_only=True):
    avs_failure: bool
    cvc_failure: bool


class CardPayments(Resource, frozen=True, kw_only=True):
    decline_on: DeclineOn
    statement_descriptor_prefix: str | None
    statement_descriptor_prefix_kana: str | None
    statement_descriptor_prefix_kanji: str | None


class Dashboard(Resource, frozen=True, kw_only=True):
    display_name: str | None
    timezone: str | None


class Payments(Resource, frozen=True, kw_only=True):
    statement_descriptor: str | None
    statement_descriptor_kana: str | None
    statement_descriptor_kanji: str | None
    statement_descriptor_prefix_kana: str | None
    statement_descriptor_prefix_kanji: str | None


class PayoutSchedule(Resource, frozen=True, kw_only=True):
    delay_days: int
    interval: Literal["daily", "manual", "monthly", "weekly"]


class Payouts(Resource, frozen=True, kw_only=True):
    debit_negative_balances: bool
    schedule: PayoutSchedule
    statement_descriptor: str | None


class Settings(Resource, frozen=True, kw_only=True):
    bacs_debit_payments: BacsDebitPayments
    branding: Branding
    card_payments: CardPayments
    dashboard: Dashboard
    payments: Payments
    payouts: Payouts
    sepa_debit_payments: Json


class TosAcceptance(Resource, frozen=True, kw_only=True):
    date: Timestamp | None
    ip: str | None
    user_agent: str | None


class Account(Resource, frozen=True, kw_only=True):
    id: str
    object: Literal["account"]
    business_profile: BusinessProfile | None
    business_type: Literal["company", "government_entity", "individual", "non_profit"] | None
    capabilities: dict[str, Literal["active", "inactive", "pending"]]
    charges_enabled: bool
    controller: Controller
    country: str
    created: Timestamp
    default_currency: str
    details_submitted: bool
    email: str | None
    external_accounts: ExternalAccounts
    future_requirements: Requirements
    metadata: Metadata
    payouts_enabled: bool
    requirements: Requirements
    settings: Settings
    tos_acceptance: TosAcceptance
    type: Literal["custom", "express", "none", "standard"]


class Application(Resource, frozen=True, kw_only=True):
    id: str
    object: Literal["application"]
    name: str | None

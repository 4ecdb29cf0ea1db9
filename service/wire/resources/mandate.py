"""The mandate object."""

from typing import Literal

from msgspec import UNSET

from service.wire.resources.shape import APaymentMethod, Json, Maybe, Resource, Timestamp


class OnlineAcceptance(Resource, frozen=True, kw_only=True):
    ip_address: str | None
    user_agent: str | None


class CustomerAcceptance(Resource, frozen=True, kw_only=True):
    """Whichever of *offline* and *online* it was is there."""

    accepted_at: Timestamp | None
    offline: Maybe[Json] = UNSET
    online: Maybe[OnlineAcceptance] = UNSET
    type: Literal["offline", "online"]


class AcssDebit(Resource, frozen=True, kw_only=True):
    default_for: Maybe[list[Literal["invoice", "subscription"]]] = UNSET
    interval_description: str | None
    payment_schedule: Literal["combined", "interval", "sporadic"]
    transaction_type: Literal["business", "personal"]


class AuBecsDebit(Resource, frozen=True, kw_only=True):
    url: str


class BacsDebit(Resource, frozen=True, kw_only=True):
    display_name: str | None
    network_status: Literal["accepted", "pending", "refused", "revoked"]
    reference: str
    revocation_reason: (
        Literal[
            "account_closed",
            "bank_account_restricted",
            "bank_ownership_changed",
            "could_not_process",
            "debit_not_authorized",
        ]
        | None
    )
    service_user_number: str | None
    url: str


class Blik(Resource, frozen=True, kw_only=True):
    expires_at: Timestamp | None
    type: Literal["off_session", "on_session"] | None


class IndianCard(Resource, frozen=True, kw_only=True):
    inactive_reason: (
        Literal[
            "canceled",
            "card_not_supported",
            "currency_not_supported",
            "expired",
            "issuer_not_supported",
            "processing_error",
            "undetermined",
        ]
        | None
    )


class Card(Resource, frozen=True, kw_only=True):
    """An e-mandate: cards are saved without a mandate everywhere else."""

    india: Maybe[IndianCard] = UNSET


class Paypal(Resource, frozen=True, kw_only=True):
    billing_agreement_id: str | None
    payer_id: str | None


class Payto(Resource, frozen=True, kw_only=True):
    amount: int | None
    amount_type: Literal["fixed", "maximum"]
    end_date: str | None
    payment_schedule: Literal[
        "adhoc",
        "annual",
        "daily",
        "fortnightly",
        "monthly",
        "quarterly",
        "semi_annual",
        "weekly",
    ]
    payments_per_period: int | None
    purpose: str | None
    start_date: str | None


class Pix(Resource, frozen=True, kw_only=True):
    amount_includes_iof: Maybe[Literal["always", "never"]] = UNSET
    amount_type: Maybe[Literal["fixed", "maximum"]] = UNSET
    end_date: Maybe[str] = UNSET
    payment_schedule: Maybe[Literal["halfyearly", "monthly", "quarterly", "weekly", "yearly"]] = (
        UNSET
    )
    reference: Maybe[str] = UNSET
    start_date: Maybe[str] = UNSET


class SepaDebit(Resource, frozen=True, kw_only=True):
    reference: str
    url: str


class Upi(Resource, frozen=True, kw_only=True):
    amount: int | None
    amount_type: Literal["fixed", "maximum"] | None
    description: str | None
    end_date: Timestamp | None


class UsBankAccount(Resource, frozen=True, kw_only=True):
    collection_method: Maybe[Literal["paper"]] = UNSET


class Nothing(Resource, frozen=True, kw_only=True):
    """What is told of a type beside that the mandate is for it."""


class MandateDetails(Resource, frozen=True, kw_only=True):
    """What the mandate tells of its payment method. One hash is there, named like *type*."""

    acss_debit: Maybe[AcssDebit] = UNSET
    amazon_pay: Maybe[Nothing] = UNSET
    au_becs_debit: Maybe[AuBecsDebit] = UNSET
    bacs_debit: Maybe[BacsDebit] = UNSET
    blik: Maybe[Blik] = UNSET
    card: Maybe[Card] = UNSET
    cashapp: Maybe[Nothing] = UNSET
    kakao_pay: Maybe[Nothing] = UNSET
    klarna: Maybe[Nothing] = UNSET
    kr_card: Maybe[Nothing] = UNSET
    link: Maybe[Nothing] = UNSET
    naver_pay: Maybe[Nothing] = UNSET
    nz_bank_account: Maybe[Nothing] = UNSET
    paypal: Maybe[Paypal] = UNSET
    payto: Maybe[Payto] = UNSET
    pix: Maybe[Pix] = UNSET
    revolut_pay: Maybe[Nothing] = UNSET
    sepa_debit: Maybe[SepaDebit] = UNSET
    twint: Maybe[Nothing] = UNSET
    type: str
    upi: Maybe[Upi] = UNSET
    us_bank_account: Maybe[UsBankAccount] = UNSET


class MultiUse(Resource, frozen=True, kw_only=True):
    amount: Maybe[int] = UNSET
    currency: Maybe[str] = UNSET


class SingleUse(Resource, frozen=True, kw_only=True):
    amount: int
    currency: str


class Mandate(Resource, frozen=True, kw_only=True):
    """A mandate. Whichever of *multi_use* and *single_use* is its *type* is there."""

    id: str
    object: Literal["mandate"]
    customer_acceptance: CustomerAcceptance
    livemode: bool
    multi_use: Maybe[MultiUse] = UNSET
    on_behalf_of: Maybe[str] = UNSET
    payment_method: APaymentMethod
    payment_method_details: MandateDetails
    single_use: Maybe[SingleUse] = UNSET
    status: Literal["active", "inactive", "pending"]
    type: Literal["multi_use", "single_use"]

"""The setup_attempt object."""

from typing import Literal

from msgspec import UNSET

from service.wire.resources import attempt_details, wallets
from service.wire.resources.error import ApiError
from service.wire.resources.payment_method import Checks
from service.wire.resources.shape import (
    ACustomer,
    AnAccount,
    AnApplication,
    APaymentMethod,
    ASetupIntent,
    FlowDirection,
    Json,
    Maybe,
    Resource,
    Timestamp,
    Usage,
)


class ThreeDSecure(Resource, frozen=True, kw_only=True):
    authentication_flow: Literal["challenge", "frictionless"] | None
    electronic_commerce_indicator: Literal["01", "02", "05", "06", "07"] | None
    result: (
        Literal[
            "attempt_acknowledged",
            "authenticated",
            "data_share_only",
            "exempted",
            "failed",
            "not_supported",
            "processing_error",
        ]
        | None
    )
    result_reason: (
        Literal[
            "abandoned",
            "bypassed",
            "canceled",
            "card_not_enrolled",
            "network_not_supported",
            "protocol_error",
            "rejected",
        ]
        | None
    )
    transaction_id: str | None
    version: Literal["1.0.2", "2.1.0", "2.2.0", "2.3.0", "2.3.1"] | None


class CardDetails(Resource, frozen=True, kw_only=True):
    brand: str | None
    checks: Checks | None
    country: str | None
    exp_month: int | None
    exp_year: int | None
    fingerprint: str | None
    funding: str | None
    last4: str | None
    network: str | None
    three_d_secure: ThreeDSecure | None
    wallet: Json | None


class PaymentMethodDetails(Resource, frozen=True, kw_only=True):
    """What was set up. At most one hash is there, named like *type*."""

    acss_debit: Maybe[wallets.Plain] = UNSET
    amazon_pay: Maybe[wallets.Plain] = UNSET
    au_becs_debit: Maybe[wallets.Plain] = UNSET
    bacs_debit: Maybe[wallets.Plain] = UNSET
    bancontact: Maybe[attempt_details.BankRedirect] = UNSET
    blik: Maybe[wallets.Buyer] = UNSET
    boleto: Maybe[wallets.Plain] = UNSET
    card: Maybe[CardDetails] = UNSET
    card_present: Maybe[Json] = UNSET
    cashapp: Maybe[wallets.Plain] = UNSET
    ideal: Maybe[attempt_details.Ideal] = UNSET
    kakao_pay: Maybe[wallets.Plain] = UNSET
    klarna: Maybe[wallets.Plain] = UNSET
    kr_card: Maybe[wallets.Plain] = UNSET
    link: Maybe[wallets.Plain] = UNSET
    naver_pay: Maybe[attempt_details.NaverPay] = UNSET
    nz_bank_account: Maybe[wallets.Plain] = UNSET
    paypal: Maybe[wallets.Plain] = UNSET
    payto: Maybe[wallets.Plain] = UNSET
    pix: Maybe[wallets.Pix] = UNSET
    revolut_pay: Maybe[wallets.Plain] = UNSET
    satispay: Maybe[wallets.Plain] = UNSET
    sepa_debit: Maybe[wallets.Plain] = UNSET
    sofort: Maybe[attempt_details.BankRedirect] = UNSET
    twint: Maybe[wallets.Plain] = UNSET
    type: str
    upi: Maybe[wallets.Plain] = UNSET
    us_bank_account: Maybe[wallets.Plain] = UNSET


class SetupAttempt(Resource, frozen=True, kw_only=True):
    id: str
    object: Literal["setup_attempt"]
    application: AnApplication | None
    attach_to_self: Maybe[bool] = UNSET
    created: Timestamp
    customer: ACustomer | None
    customer_account: str | None
    flow_directions: list[FlowDirection] | None
    livemode: bool
    on_behalf_of: AnAccount | None
    payment_method: APaymentMethod
    payment_method_details: PaymentMethodDetails
    setup_error: ApiError | None
    setup_intent: ASetupIntent
    status: Literal[
        "abandoned",
        "failed",
        "processing",
        "requires_action",
        "requires_confirmation",
        "succeeded",
    ]
    usage: Usage

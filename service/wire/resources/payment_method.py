"""The payment_method object."""

from typing import Literal

from msgspec import UNSET

from service.wire.params.enumerations import MethodType
from service.wire.resources.shape import (
    ACustomer,
    Address,
    AllowRedisplay,
    ASetupAttempt,
    Json,
    Maybe,
    Metadata,
    Resource,
    Timestamp,
)


class BillingDetails(Resource, frozen=True, kw_only=True):
    address: Address
    email: str | None
    name: str | None
    phone: str | None
    tax_id: str | None


class RadarOptions(Resource, frozen=True, kw_only=True):
    session: Maybe[str] = UNSET


class Checks(Resource, frozen=True, kw_only=True):
    address_line1_check: str | None
    address_postal_code_check: str | None
    cvc_check: str | None


class GeneratedFrom(Resource, frozen=True, kw_only=True):
    charge: str | None
    payment_method_details: Json | None
    setup_attempt: ASetupAttempt | None


class Networks(Resource, frozen=True, kw_only=True):
    available: list[str]
    preferred: str | None


class ThreeDSecureUsage(Resource, frozen=True, kw_only=True):
    supported: bool


class Card(Resource, frozen=True, kw_only=True):
    brand: str
    checks: Checks | None
    country: str | None
    display_brand: str | None
    exp_month: int
    exp_year: int
    fingerprint: str | None
    funding: Literal["credit", "debit", "prepaid", "unknown"]
    generated_from: GeneratedFrom | None
    last4: str
    networks: Networks | None
    regulated_status: Literal["regulated", "unregulated"] | None
    three_d_secure_usage: ThreeDSecureUsage | None
    wallet: Json | None


class PaymentMethod(Resource, frozen=True, kw_only=True):
    """One hash is there for the *type*, named like it."""

    id: str
    object: Literal["payment_method"]
    acss_debit: Maybe[Json] = UNSET
    affirm: Maybe[Json] = UNSET
    afterpay_clearpay: Maybe[Json] = UNSET
    alipay: Maybe[Json] = UNSET
    allow_redisplay: AllowRedisplay
    alma: Maybe[Json] = UNSET
    amazon_pay: Maybe[Json] = UNSET
    au_becs_debit: Maybe[Json] = UNSET
    bacs_debit: Maybe[Json] = UNSET
    bancontact: Maybe[Json] = UNSET
    billie: Maybe[Json] = UNSET
    billing_details: BillingDetails
    bizum: Maybe[Json] = UNSET
    blik: Maybe[Json] = UNSET
    boleto: Maybe[Json] = UNSET
    card: Maybe[Card] = UNSET
    card_present: Maybe[Json] = UNSET
    cashapp: Maybe[Json] = UNSET
    created: Timestamp
    crypto: Maybe[Json] = UNSET
    custom: Maybe[Json] = UNSET
    customer: ACustomer | None
    customer_account: str | None
    customer_balance: Maybe[Json] = UNSET
    eps: Maybe[Json] = UNSET
    fpx: Maybe[Json] = UNSET
    giropay: Maybe[Json] = UNSET
    grabpay: Maybe[Json] = UNSET
    ideal: Maybe[Json] = UNSET
    interac_present: Maybe[Json] = UNSET
    kakao_pay: Maybe[Json] = UNSET
    klarna: Maybe[Json] = UNSET
    konbini: Maybe[Json] = UNSET
    kr_card: Maybe[Json] = UNSET
    link: Maybe[Json] = UNSET
    livemode: bool
    mb_way: Maybe[Json] = UNSET
    metadata: Metadata
    mobilepay: Maybe[Json] = UNSET
    multibanco: Maybe[Json] = UNSET
    naver_pay: Maybe[Json] = UNSET
    nz_bank_account: Maybe[Json] = UNSET
    oxxo: Maybe[Json] = UNSET
    p24: Maybe[Json] = UNSET
    pay_by_bank: Maybe[Json] = UNSET
    payco: Maybe[Json] = UNSET
    paynow: Maybe[Json] = UNSET
    paypal: Maybe[Json] = UNSET
    paypay: Maybe[Json] = UNSET
    payto: Maybe[Json] = UNSET
    pix: Maybe[Json] = UNSET
    promptpay: Maybe[Json] = UNSET
    radar_options: RadarOptions
    revolut_pay: Maybe[Json] = UNSET
    samsung_pay: Maybe[Json] = UNSET
    satispay: Maybe[Json] = UNSET
    scalapay: Maybe[Json] = UNSET
    sepa_debit: Maybe[Json] = UNSET
    sequra: Maybe[Json] = UNSET
    shared_payment_granted_token: str | None
    sofort: Maybe[Json] = UNSET
    sunbit: Maybe[Json] = UNSET
    swish: Maybe[Json] = UNSET
    twint: Maybe[Json] = UNSET
    type: MethodType
    upi: Maybe[Json] = UNSET
    us_bank_account: Maybe[Json] = UNSET
    wechat_pay: Maybe[Json] = UNSET
    zip: Maybe[Json] = UNSET

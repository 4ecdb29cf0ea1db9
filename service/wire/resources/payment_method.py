"""The payment_method object."""

from typing import Literal

from msgspec import UNSET

from service.wire.params.enumerations import MethodType
from service.wire.resources import bank_accounts, wallets
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
    """
    One hash is there for the *type*, named like it.

    Those of card readers, and `custom`, are of payment methods that are made elsewhere.
    """

    id: str
    object: Literal["payment_method"]
    acss_debit: Maybe[bank_accounts.AcssDebit] = UNSET
    affirm: Maybe[wallets.Plain] = UNSET
    afterpay_clearpay: Maybe[wallets.Plain] = UNSET
    alipay: Maybe[wallets.Plain] = UNSET
    allow_redisplay: AllowRedisplay
    alma: Maybe[wallets.Plain] = UNSET
    amazon_pay: Maybe[wallets.Plain] = UNSET
    au_becs_debit: Maybe[bank_accounts.AuBecsDebit] = UNSET
    bacs_debit: Maybe[bank_accounts.BacsDebit] = UNSET
    bancontact: Maybe[wallets.Plain] = UNSET
    billie: Maybe[wallets.Plain] = UNSET
    billing_details: BillingDetails
    bizum: Maybe[wallets.Buyer] = UNSET
    blik: Maybe[wallets.Buyer] = UNSET
    boleto: Maybe[wallets.Boleto] = UNSET
    card: Maybe[Card] = UNSET
    card_present: Maybe[Json] = UNSET
    cashapp: Maybe[wallets.Cashapp] = UNSET
    created: Timestamp
    crypto: Maybe[wallets.Plain] = UNSET
    custom: Maybe[Json] = UNSET
    customer: ACustomer | None
    customer_account: str | None
    customer_balance: Maybe[wallets.Plain] = UNSET
    eps: Maybe[wallets.Eps] = UNSET
    fpx: Maybe[wallets.Fpx] = UNSET
    giropay: Maybe[wallets.Plain] = UNSET
    grabpay: Maybe[wallets.Plain] = UNSET
    ideal: Maybe[wallets.Ideal] = UNSET
    interac_present: Maybe[Json] = UNSET
    kakao_pay: Maybe[wallets.Plain] = UNSET
    klarna: Maybe[wallets.Klarna] = UNSET
    konbini: Maybe[wallets.Plain] = UNSET
    kr_card: Maybe[wallets.KrCard] = UNSET
    link: Maybe[wallets.Link] = UNSET
    livemode: bool
    mb_way: Maybe[wallets.Plain] = UNSET
    metadata: Metadata
    mobilepay: Maybe[wallets.Plain] = UNSET
    multibanco: Maybe[wallets.Plain] = UNSET
    naver_pay: Maybe[wallets.NaverPay] = UNSET
    nz_bank_account: Maybe[bank_accounts.NzBankAccount] = UNSET
    oxxo: Maybe[wallets.Plain] = UNSET
    p24: Maybe[wallets.P24] = UNSET
    pay_by_bank: Maybe[wallets.Plain] = UNSET
    payco: Maybe[wallets.Plain] = UNSET
    paynow: Maybe[wallets.Plain] = UNSET
    paypal: Maybe[wallets.Paypal] = UNSET
    paypay: Maybe[wallets.Plain] = UNSET
    payto: Maybe[bank_accounts.Payto] = UNSET
    pix: Maybe[wallets.Pix] = UNSET
    promptpay: Maybe[wallets.Plain] = UNSET
    radar_options: RadarOptions
    revolut_pay: Maybe[wallets.Plain] = UNSET
    samsung_pay: Maybe[wallets.Plain] = UNSET
    satispay: Maybe[wallets.Plain] = UNSET
    scalapay: Maybe[wallets.Plain] = UNSET
    sepa_debit: Maybe[bank_accounts.SepaDebit] = UNSET
    sequra: Maybe[wallets.Plain] = UNSET
    shared_payment_granted_token: str | None
    sofort: Maybe[wallets.Sofort] = UNSET
    sunbit: Maybe[wallets.Plain] = UNSET
    swish: Maybe[wallets.Plain] = UNSET
    twint: Maybe[wallets.Plain] = UNSET
    type: MethodType
    upi: Maybe[wallets.Upi] = UNSET
    us_bank_account: Maybe[bank_accounts.UsBankAccount] = UNSET
    wechat_pay: Maybe[wallets.Plain] = UNSET
    zip: Maybe[wallets.Plain] = UNSET

"""The payment_method_configuration object."""

from typing import Literal

from msgspec import UNSET

from service.wire.resources.shape import Maybe, Resource


class ShownPreference(Resource, frozen=True, kw_only=True):
    overridable: bool | None
    preference: Literal["none", "off", "on"]
    value: Literal["off", "on"]


class ConfiguredMethod(Resource, frozen=True, kw_only=True):
    available: bool
    display_preference: ShownPreference


class PaymentMethodConfiguration(Resource, frozen=True, kw_only=True):
    """Each method has a hash; those that came with 2026-09-30.endive only from then on."""

    id: str
    object: Literal["payment_method_configuration"]
    acss_debit: ConfiguredMethod
    active: bool
    affirm: ConfiguredMethod
    afterpay_clearpay: ConfiguredMethod
    alipay: ConfiguredMethod
    alma: ConfiguredMethod
    amazon_pay: ConfiguredMethod
    apple_pay: ConfiguredMethod
    application: str | None
    au_becs_debit: ConfiguredMethod
    bacs_debit: ConfiguredMethod
    bancontact: ConfiguredMethod
    billie: ConfiguredMethod
    bizum: ConfiguredMethod
    blik: ConfiguredMethod
    boleto: ConfiguredMethod
    card: ConfiguredMethod
    cartes_bancaires: ConfiguredMethod
    cashapp: ConfiguredMethod
    crypto: ConfiguredMethod
    customer_balance: ConfiguredMethod
    eps: ConfiguredMethod
    fpx: ConfiguredMethod
    giropay: ConfiguredMethod
    google_pay: ConfiguredMethod
    grabpay: ConfiguredMethod
    ideal: ConfiguredMethod
    is_default: bool
    jcb: ConfiguredMethod
    kakao_pay: ConfiguredMethod
    klarna: ConfiguredMethod
    konbini: ConfiguredMethod
    kr_card: ConfiguredMethod
    link: ConfiguredMethod
    livemode: bool
    mb_way: ConfiguredMethod
    mobilepay: ConfiguredMethod
    multibanco: ConfiguredMethod
    name: str
    naver_pay: ConfiguredMethod
    nz_bank_account: ConfiguredMethod
    oxxo: ConfiguredMethod
    p24: ConfiguredMethod
    parent: str | None
    pay_by_bank: ConfiguredMethod
    payco: ConfiguredMethod
    paynow: ConfiguredMethod
    paypal: ConfiguredMethod
    paypay: Maybe[ConfiguredMethod] = UNSET
    payto: ConfiguredMethod
    pix: ConfiguredMethod
    promptpay: ConfiguredMethod
    revolut_pay: ConfiguredMethod
    samsung_pay: ConfiguredMethod
    satispay: ConfiguredMethod
    scalapay: ConfiguredMethod
    sepa_debit: ConfiguredMethod
    sequra: Maybe[ConfiguredMethod] = UNSET
    sofort: ConfiguredMethod
    sunbit: ConfiguredMethod
    swish: ConfiguredMethod
    twint: ConfiguredMethod
    upi: ConfiguredMethod
    us_bank_account: ConfiguredMethod
    wechat_pay: ConfiguredMethod
    zip: ConfiguredMethod

"""What the operations on payment method configurations take."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta

from service.domain.configured_methods import METHODS
from service.wire.bad_param import BadParam
from service.wire.hashes import Hash, Maybe, Text
from service.wire.params.lists import Expandable, ListParams


class DisplayPreference(Hash, frozen=True, kw_only=True):
    preference: Maybe[Literal["none", "off", "on"]] = UNSET


class MethodPreference(Hash, frozen=True, kw_only=True):
    display_preference: Maybe[DisplayPreference] = UNSET


class ConfiguredMethods(Expandable, frozen=True, kw_only=True):
    """One hash for each method that a configuration speaks of."""

    acss_debit: Maybe[MethodPreference] = UNSET
    affirm: Maybe[MethodPreference] = UNSET
    afterpay_clearpay: Maybe[MethodPreference] = UNSET
    alipay: Maybe[MethodPreference] = UNSET
    alma: Maybe[MethodPreference] = UNSET
    amazon_pay: Maybe[MethodPreference] = UNSET
    apple_pay: Maybe[MethodPreference] = UNSET
    au_becs_debit: Maybe[MethodPreference] = UNSET
    bacs_debit: Maybe[MethodPreference] = UNSET
    bancontact: Maybe[MethodPreference] = UNSET
    billie: Maybe[MethodPreference] = UNSET
    bizum: Maybe[MethodPreference] = UNSET
    blik: Maybe[MethodPreference] = UNSET
    boleto: Maybe[MethodPreference] = UNSET
    card: Maybe[MethodPreference] = UNSET
    cartes_bancaires: Maybe[MethodPreference] = UNSET
    cashapp: Maybe[MethodPreference] = UNSET
    crypto: Maybe[MethodPreference] = UNSET
    customer_balance: Maybe[MethodPreference] = UNSET
    eps: Maybe[MethodPreference] = UNSET
    fpx: Maybe[MethodPreference] = UNSET
    giropay: Maybe[MethodPreference] = UNSET
    google_pay: Maybe[MethodPreference] = UNSET
    grabpay: Maybe[MethodPreference] = UNSET
    ideal: Maybe[MethodPreference] = UNSET
    jcb: Maybe[MethodPreference] = UNSET
    kakao_pay: Maybe[MethodPreference] = UNSET
    klarna: Maybe[MethodPreference] = UNSET
    konbini: Maybe[MethodPreference] = UNSET
    kr_card: Maybe[MethodPreference] = UNSET
    link: Maybe[MethodPreference] = UNSET
    mb_way: Maybe[MethodPreference] = UNSET
    mobilepay: Maybe[MethodPreference] = UNSET
    multibanco: Maybe[MethodPreference] = UNSET
    naver_pay: Maybe[MethodPreference] = UNSET
    nz_bank_account: Maybe[MethodPreference] = UNSET
    oxxo: Maybe[MethodPreference] = UNSET
    p24: Maybe[MethodPreference] = UNSET
    pay_by_bank: Maybe[MethodPreference] = UNSET
    payco: Maybe[MethodPreference] = UNSET
    paynow: Maybe[MethodPreference] = UNSET
    paypal: Maybe[MethodPreference] = UNSET
    paypay: Maybe[MethodPreference] = UNSET
    payto: Maybe[MethodPreference] = UNSET
    pix: Maybe[MethodPreference] = UNSET
    promptpay: Maybe[MethodPreference] = UNSET
    revolut_pay: Maybe[MethodPreference] = UNSET
    samsung_pay: Maybe[MethodPreference] = UNSET
    satispay: Maybe[MethodPreference] = UNSET
    scalapay: Maybe[MethodPreference] = UNSET
    sepa_debit: Maybe[MethodPreference] = UNSET
    sequra: Maybe[MethodPreference] = UNSET
    sofort: Maybe[MethodPreference] = UNSET
    sunbit: Maybe[MethodPreference] = UNSET
    swish: Maybe[MethodPreference] = UNSET
    twint: Maybe[MethodPreference] = UNSET
    upi: Maybe[MethodPreference] = UNSET
    us_bank_account: Maybe[MethodPreference] = UNSET
    wechat_pay: Maybe[MethodPreference] = UNSET
    zip: Maybe[MethodPreference] = UNSET

    @property
    def preferences(self) -> dict[str, str]:
        """The preferences that were sent, by method."""
        return {
            method: sent.display_preference.preference
            for method in METHODS
            if (sent := getattr(self, method)) is not UNSET
            and sent.display_preference is not UNSET
            and sent.display_preference.preference is not UNSET
        }


class PaymentMethodConfigurationCreateParams(ConfiguredMethods, frozen=True, kw_only=True):
    name: Maybe[Annotated[str, Meta(min_length=1, max_length=100)]] = UNSET
    parent: Maybe[Text] = UNSET

    def check(self, name: str) -> None:  # noqa: ARG002 (It always stands at the top.)
        if self.parent is not UNSET:
            raise BadParam(
                "A configuration follows no other one here. Send the preferences themselves.",
                param="parent",
            )


class PaymentMethodConfigurationUpdateParams(ConfiguredMethods, frozen=True, kw_only=True):
    active: Maybe[bool] = UNSET
    name: Maybe[Annotated[str, Meta(min_length=1, max_length=100)]] = UNSET


class PaymentMethodConfigurationRetrieveParams(Expandable, frozen=True, kw_only=True):
    pass


class PaymentMethodConfigurationListParams(ListParams, frozen=True, kw_only=True):
    active: Maybe[bool] = UNSET
    application: Maybe[Annotated[str, Meta(max_length=100)]] = UNSET

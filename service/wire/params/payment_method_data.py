"""
`payment_method_data`: a payment method made on the spot.

The same tree stands in create, update and confirm.
"""

from datetime import date
from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta

from service.domain.bank_numbers import has_digits
from service.wire.bad_param import BadParam, child
from service.wire.hashes import (
    Empty,
    Hash,
    Maybe,
    Metadata,
    Text,
    Timestamp,
)
from service.wire.params.bank_data import (
    AcssDebitData,
    AuBecsDebitData,
    BacsDebitData,
    NzBankAccountData,
    PaytoData,
    SepaDebitData,
    SofortData,
    UsBankAccountData,
)
from service.wire.params.browser import Browser
from service.wire.params.card_data import CardData
from service.wire.params.details import AllowRedisplay, BillingDetails, RadarOptions
from service.wire.params.enumerations import EpsBank, FpxBank, IdealBank, MethodType, P24Bank
from service.wire.params.instrument_rules import check_needs

_TAX_ID_LENGTHS: Final = (11, 14)


class BoletoData(Hash, frozen=True, kw_only=True):
    """The CPF of a person, which has 11 digits, or the CNPJ of a company, which has 14."""

    tax_id: Text

    def check(self, name: str) -> None:
        digits = self.tax_id.replace(".", "").replace("/", "").replace("-", "")
        if len(digits) not in _TAX_ID_LENGTHS or not has_digits(digits, len(digits)):
            raise BadParam(
                f"'{child(name, 'tax_id')}' is neither a CPF nor a CNPJ.",
                code="tax_id_invalid",
                param=child(name, "tax_id"),
            )


class EpsData(Hash, frozen=True, kw_only=True):
    bank: Maybe[EpsBank] = UNSET


class FpxData(Hash, frozen=True, kw_only=True):
    account_holder_type: Maybe[Literal["company", "individual"]] = UNSET
    bank: FpxBank


class IdealData(Hash, frozen=True, kw_only=True):
    bank: Maybe[IdealBank] = UNSET


class KlarnaDob(Hash, frozen=True, kw_only=True):
    day: int
    month: int
    year: int

    def check(self, name: str) -> None:
        try:
            date(self.year, self.month, self.day)
        except (OverflowError, ValueError):
            raise BadParam(f"'{name}' is not a date.", param=name) from None


class KlarnaData(Hash, frozen=True, kw_only=True):
    dob: Maybe[KlarnaDob] = UNSET


class NaverPayData(Hash, frozen=True, kw_only=True):
    funding: Maybe[Literal["card", "points"]] = UNSET


class P24Data(Hash, frozen=True, kw_only=True):
    bank: Maybe[P24Bank] = UNSET


class UpiMandateOptions(Hash, frozen=True, kw_only=True):
    amount: Maybe[int] = UNSET
    amount_type: Maybe[Literal["fixed", "maximum"]] = UNSET
    description: Maybe[Annotated[str, Meta(min_length=1, max_length=20)]] = UNSET
    end_date: Maybe[Timestamp] = UNSET


class UpiData(Hash, frozen=True, kw_only=True):
    mandate_options: Maybe[UpiMandateOptions] = UNSET


class MethodHashes(Browser, frozen=True, kw_only=True):
    """One hash for each type of payment method, named like the type."""

    acss_debit: Maybe[AcssDebitData] = UNSET
    affirm: Maybe[Empty] = UNSET
    afterpay_clearpay: Maybe[Empty] = UNSET
    alipay: Maybe[Empty] = UNSET
    alma: Maybe[Empty] = UNSET
    amazon_pay: Maybe[Empty] = UNSET
    au_becs_debit: Maybe[AuBecsDebitData] = UNSET
    bacs_debit: Maybe[BacsDebitData] = UNSET
    bancontact: Maybe[Empty] = UNSET
    billie: Maybe[Empty] = UNSET
    bizum: Maybe[Empty] = UNSET
    blik: Maybe[Empty] = UNSET
    boleto: Maybe[BoletoData] = UNSET
    card: Maybe[CardData] = UNSET
    cashapp: Maybe[Empty] = UNSET
    crypto: Maybe[Empty] = UNSET
    customer_balance: Maybe[Empty] = UNSET
    eps: Maybe[EpsData] = UNSET
    fpx: Maybe[FpxData] = UNSET
    giropay: Maybe[Empty] = UNSET
    grabpay: Maybe[Empty] = UNSET
    ideal: Maybe[IdealData] = UNSET
    interac_present: Maybe[Empty] = UNSET
    kakao_pay: Maybe[Empty] = UNSET
    klarna: Maybe[KlarnaData] = UNSET
    konbini: Maybe[Empty] = UNSET
    kr_card: Maybe[Empty] = UNSET
    link: Maybe[Empty] = UNSET
    mb_way: Maybe[Empty] = UNSET
    mobilepay: Maybe[Empty] = UNSET
    multibanco: Maybe[Empty] = UNSET
    naver_pay: Maybe[NaverPayData] = UNSET
    nz_bank_account: Maybe[NzBankAccountData] = UNSET
    oxxo: Maybe[Empty] = UNSET
    p24: Maybe[P24Data] = UNSET
    pay_by_bank: Maybe[Empty] = UNSET
    payco: Maybe[Empty] = UNSET
    paynow: Maybe[Empty] = UNSET
    paypal: Maybe[Empty] = UNSET
    paypay: Maybe[Empty] = UNSET
    payto: Maybe[PaytoData] = UNSET
    pix: Maybe[Empty] = UNSET
    promptpay: Maybe[Empty] = UNSET
    revolut_pay: Maybe[Empty] = UNSET
    samsung_pay: Maybe[Empty] = UNSET
    satispay: Maybe[Empty] = UNSET
    scalapay: Maybe[Empty] = UNSET
    sepa_debit: Maybe[SepaDebitData] = UNSET
    sequra: Maybe[Empty] = UNSET
    sofort: Maybe[SofortData] = UNSET
    sunbit: Maybe[Empty] = UNSET
    swish: Maybe[Empty] = UNSET
    twint: Maybe[Empty] = UNSET
    upi: Maybe[UpiData] = UNSET
    us_bank_account: Maybe[UsBankAccountData] = UNSET
    wechat_pay: Maybe[Empty] = UNSET
    zip: Maybe[Empty] = UNSET


# A type and its hash have one name.
_TYPES_WITH_HASHES: Final = tuple(
    name for name in MethodHashes.__struct_fields__ if name not in Browser.__struct_fields__
)


def check_hashes(given: MethodHashes, type_: str, name: str) -> None:
    """Raise `BadParam` where *given*, called *name*, does not describe one of *type_*."""
    for other in _TYPES_WITH_HASHES:
        if other != type_ and getattr(given, other) is not UNSET:
            raise BadParam(
                f"'{child(name, other)}' does not describe a payment method of type {type_}.",
                param=child(name, other),
            )
    check_needs(given, type_, name)


class PaymentMethodData(MethodHashes, frozen=True, kw_only=True):
    """A payment method to make. The hash named like *type* describes the instrument."""

    allow_redisplay: Maybe[AllowRedisplay] = UNSET
    billing_details: Maybe[BillingDetails] = UNSET
    metadata: Maybe[Metadata] = UNSET
    radar_options: Maybe[RadarOptions] = UNSET
    type: MethodType

    def check(self, name: str) -> None:
        check_hashes(self, self.type, name)

"""What a setup attempt shows of a payment method that is no card: what its bank has told."""

from typing import Literal

from msgspec import UNSET

from service.wire.params.enumerations import IdealBank, IdealBic
from service.wire.resources.shape import AMandate, APaymentMethod, Maybe, Resource


class BankRedirect(Resource, frozen=True, kw_only=True):
    """Bancontact and Sofort: the account behind them, and the SEPA debit made of it."""

    bank_code: str | None
    bank_name: str | None
    bic: str | None
    generated_sepa_debit: APaymentMethod | None
    generated_sepa_debit_mandate: AMandate | None
    iban_last4: str | None
    preferred_language: Literal["de", "en", "fr", "nl"] | None
    verified_name: str | None


class Ideal(Resource, frozen=True, kw_only=True):
    bank: IdealBank | None
    bic: IdealBic | None
    generated_sepa_debit: APaymentMethod | None
    generated_sepa_debit_mandate: AMandate | None
    iban_last4: str | None
    verified_name: str | None


class NaverPay(Resource, frozen=True, kw_only=True):
    """The buyer is told once there is one, and never as null."""

    buyer_id: Maybe[str] = UNSET

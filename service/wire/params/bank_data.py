"""A bank account as it is sent, in the way of each country."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta

from service.wire.hashes import Hash, Maybe, Text


class AcssDebitData(Hash, frozen=True, kw_only=True):
    account_number: Text
    institution_number: Text
    transit_number: Text


class AuBecsDebitData(Hash, frozen=True, kw_only=True):
    account_number: Text
    bsb_number: Text


class BacsDebitData(Hash, frozen=True, kw_only=True):
    account_number: Maybe[Text] = UNSET
    sort_code: Maybe[Text] = UNSET


class NzBankAccountData(Hash, frozen=True, kw_only=True):
    account_holder_name: Maybe[Text] = UNSET
    account_number: Text
    bank_code: Text
    branch_code: Text
    reference: Maybe[Annotated[str, Meta(min_length=1, max_length=128)]] = UNSET
    suffix: Text


class PaytoData(Hash, frozen=True, kw_only=True):
    account_number: Maybe[Text] = UNSET
    bsb_number: Maybe[Text] = UNSET
    pay_id: Maybe[Text] = UNSET


class SepaDebitData(Hash, frozen=True, kw_only=True):
    iban: Text


class SofortData(Hash, frozen=True, kw_only=True):
    country: Literal["AT", "BE", "DE", "ES", "IT", "NL"]


class UsBankAccountData(Hash, frozen=True, kw_only=True):
    account_holder_type: Maybe[Literal["company", "individual"]] = UNSET
    account_number: Maybe[Text] = UNSET
    account_type: Maybe[Literal["checking", "savings"]] = UNSET
    financial_connections_account: Maybe[Text] = UNSET
    routing_number: Maybe[Text] = UNSET

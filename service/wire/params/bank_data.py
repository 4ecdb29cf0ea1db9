"""
A bank account as it is sent, in the way of each country.

These hashes hold whole account numbers, on their way to a gateway. Whether a number has the
form of one is checked here, so that the refusal names the parameter; whether there is such
an account is the gateway's word.
"""

from typing import Annotated, Any, Final, Literal

from msgspec import UNSET, Meta

from service.domain.bank_numbers import compact, has_digits, is_iban, is_routing_number
from service.wire import bad_param
from service.wire.bad_param import BadParam, child
from service.wire.hashes import Hash, Maybe, Text


class AcssDebitData(Hash, frozen=True, kw_only=True):
    account_number: Text
    institution_number: Text
    transit_number: Text

    def check(self, name: str) -> None:
        _check_routing(self, name, "institution_number", 3)
        _check_routing(self, name, "transit_number", 5)
        _check_account(self, name, "account_number", 5, 12)


class AuBecsDebitData(Hash, frozen=True, kw_only=True):
    account_number: Text
    bsb_number: Text

    def check(self, name: str) -> None:
        _check_routing(self, name, "bsb_number", 6)
        _check_account(self, name, "account_number", 4, 9)


class BacsDebitData(Hash, frozen=True, kw_only=True):
    account_number: Maybe[Text] = UNSET
    sort_code: Maybe[Text] = UNSET

    def check(self, name: str) -> None:
        _require(self, name, "account_number", "sort_code")
        _check_routing(self, name, "sort_code", 6)
        _check_account(self, name, "account_number", 8)


class NzBankAccountData(Hash, frozen=True, kw_only=True):
    account_holder_name: Maybe[Text] = UNSET
    account_number: Text
    bank_code: Text
    branch_code: Text
    reference: Maybe[Annotated[str, Meta(min_length=1, max_length=128)]] = UNSET
    suffix: Text

    def check(self, name: str) -> None:
        _check_routing(self, name, "bank_code", 2)
        _check_routing(self, name, "branch_code", 4)
        _check_account(self, name, "account_number", 7, 8)
        _check_account(self, name, "suffix", 2, 4)


class PaytoData(Hash, frozen=True, kw_only=True):
    """A PayID, which is an alias of an account, or the account itself."""

    account_number: Maybe[Text] = UNSET
    bsb_number: Maybe[Text] = UNSET
    pay_id: Maybe[Text] = UNSET

    def check(self, name: str) -> None:
        if self.pay_id is not UNSET:
            for other in ("account_number", "bsb_number"):
                if getattr(self, other) is not UNSET:
                    raise bad_param.exclusive(child(name, other), child(name, "pay_id"))
            return
        if self.account_number is self.bsb_number:  # Both are absent.
            raise bad_param.missing(child(name, "pay_id"))
        _require(self, name, "account_number", "bsb_number")
        _check_routing(self, name, "bsb_number", 6)
        _check_account(self, name, "account_number", 4, 9)


class SepaDebitData(Hash, frozen=True, kw_only=True):
    iban: Text

    def check(self, name: str) -> None:
        if not is_iban(compact(self.iban)):
            raise bad_param.not_an_account_number(child(name, "iban"))


class SofortData(Hash, frozen=True, kw_only=True):
    country: Literal["AT", "BE", "DE", "ES", "IT", "NL"]


_TYPED_IN: Final = ("account_number", "routing_number")


class UsBankAccountData(Hash, frozen=True, kw_only=True):
    """An account that was typed in, or one that was linked through Financial Connections."""

    account_holder_type: Maybe[Literal["company", "individual"]] = UNSET
    account_number: Maybe[Text] = UNSET
    account_type: Maybe[Literal["checking", "savings"]] = UNSET
    financial_connections_account: Maybe[Text] = UNSET
    routing_number: Maybe[Text] = UNSET

    def check(self, name: str) -> None:
        linked = "financial_connections_account"
        if self.financial_connections_account is not UNSET:
            for other in _TYPED_IN:
                if getattr(self, other) is not UNSET:
                    raise bad_param.exclusive(child(name, other), child(name, linked))
            return
        _require(self, name, *_TYPED_IN)
        routing_number: Any = self.routing_number
        if not is_routing_number(compact(routing_number)):
            raise bad_param.not_a_routing_number(child(name, "routing_number"))
        _check_account(self, name, "account_number", 4, 17)


def _require(given: Hash, name: str, *keys: str) -> None:
    for key in keys:
        if getattr(given, key) is UNSET:
            raise bad_param.missing(child(name, key))


def _check_routing(given: Hash, name: str, key: str, digits: int) -> None:
    _check_digits(given, key, digits, digits, bad_param.not_a_routing_number(child(name, key)))


def _check_account(given: Hash, name: str, key: str, least: int, most: int | None = None) -> None:
    refusal = bad_param.not_an_account_number(child(name, key))
    _check_digits(given, key, least, most or least, refusal)


def _check_digits(given: Hash, key: str, least: int, most: int, refusal: BadParam) -> None:
    if not has_digits(compact(getattr(given, key)), least, most):
        raise refusal

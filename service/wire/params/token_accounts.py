"""
A bank account as tokens are told of it, in any country: a number, and where that is.

Each country writes both in its own way. Here they become the hash of the payment method that
its accounts are, which knows their form; what is wrong with them is told in the token's words.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from service.domain.bank_numbers import compact
from service.wire import bad_param
from service.wire.bad_param import BadParam, child
from service.wire.hashes import Hash
from service.wire.params.bank_data import (
    AcssDebitData,
    AuBecsDebitData,
    BacsDebitData,
    SepaDebitData,
    UsBankAccountData,
)

_ACCOUNT: Final = "account_number"
_ROUTING: Final = "routing_number"


class Scheme(NamedTuple):
    """How accounts are told: as what *type*, in which *currency*, by which *hash*."""

    type: str
    currency: str
    hash: Callable[[str, str], Hash]
    routed: bool = True


def _american(number: str, routing: str) -> Hash:
    return UsBankAccountData(account_number=number, routing_number=routing)


def _australian(number: str, routing: str) -> Hash:
    return AuBecsDebitData(account_number=number, bsb_number=routing)


def _british(number: str, routing: str) -> Hash:
    return BacsDebitData(account_number=number, sort_code=routing)


def _canadian(number: str, routing: str) -> Hash:
    """Canadians write the branch before the bank: `11000-000`."""
    branch, bank = compact(routing)[:-3], compact(routing)[-3:]
    return AcssDebitData(account_number=number, institution_number=bank, transit_number=branch)


def _european(number: str, _: str) -> Hash:
    return SepaDebitData(iban=number)


# fmt: off
_EURO: Final = (
    "AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT",
    "NL", "PT", "SI", "SK",
)
# fmt: on
SCHEMES: Final[Mapping[str, Scheme]] = {
    "US": Scheme("us_bank_account", "usd", _american),
    "AU": Scheme("au_becs_debit", "aud", _australian),
    "CA": Scheme("acss_debit", "cad", _canadian),
    "GB": Scheme("bacs_debit", "gbp", _british),
    **dict.fromkeys(_EURO, Scheme("sepa_debit", "eur", _european, routed=False)),
}


def scheme_of(country: str, name: str) -> Scheme:
    """Return how accounts in *country* are told. Raise `BadParam` where we know none of them."""
    scheme = SCHEMES.get(country)
    if scheme is None:
        raise bad_param.not_one_of(child(name, "country"), country, SCHEMES)
    return scheme


def check_numbers(country: str, number: str, routing: str, name: str) -> None:
    """Raise `BadParam` where they cannot be those of an account in *country*."""
    scheme = scheme_of(country, name)
    if scheme.routed and not routing:
        raise bad_param.missing(child(name, _ROUTING))
    if not scheme.routed and not compact(number).startswith(country):
        raise bad_param.not_an_account_number(child(name, _ACCOUNT))
    try:
        scheme.hash(number, routing).check(name)
    except BadParam as bad:
        raise _in_its_words(bad.param, name) from None


def own_param(param: str | None) -> str:
    """Return which parameter of a token it is that its payment method calls *param*."""
    last = (param or "").rpartition("[")[2].rstrip("]")
    return _ACCOUNT if last in {_ACCOUNT, "iban"} else _ROUTING


def _in_its_words(param: str | None, name: str) -> BadParam:
    own = own_param(param)
    if own == _ACCOUNT:
        return bad_param.not_an_account_number(child(name, own))
    return bad_param.not_a_routing_number(child(name, own))

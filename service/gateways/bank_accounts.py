"""
Bank accounts, from their numbers to what is kept of them.

Only test numbers are taken, and only in test mode, as with cards. An account that was typed
in is *unverified* where its scheme has accounts verified: its owner has still to show that
it is theirs. A published one counts as verified, and so does one that was linked.
"""

from collections.abc import Callable, Iterable
from typing import Final

from service.domain.errors import InstrumentRefused, ResourceMissing
from service.domain.values import JsonObject
from service.gateways import sepa_ibans
from service.gateways.account_details import ACCOUNTS, BANKS, Account
from service.gateways.port import Described, Tokenized
from service.gateways.published_accounts import SCHEMES, UNKNOWN_TO_BACS, Scheme

# Ends the scenario of an account that is not verified. Like the names of the scenarios
# themselves it is for ever: payment methods in the log speak of it.
UNVERIFIED: Final = ":unverified"
_LINKED: Final = "financial_connections_account"
_VERIFIED_BY_OWNER: Final = frozenset({"acss_debit", "us_bank_account"})


def tokenize(described: Described, fingerprint: Callable[[str], str]) -> Tokenized:
    """Return the account that was *described* as it is kept. Raise `Refused` where it is not."""
    type_, given = described.type, described.given
    account = ACCOUNTS[type_](given)
    scenario = _scenario(type_, given, account)
    if "fingerprint" in account.details:
        bank = (str(account.details[part] or "") for part in BANKS.get(type_, ()))
        account.details["fingerprint"] = fingerprint("/".join((type_, *bank, account.number)))
    return Tokenized(type=type_, details=account.details, scenario=scenario)


def published(name: str) -> tuple[Described, str] | None:
    """Return what the published *name* describes, and its scenario; None where it is none."""
    return _PUBLISHED.get(name)


def _scenario(type_: str, given: JsonObject, account: Account) -> str:
    if type_ == "sepa_debit":
        return _of_iban(account.number)
    if type_ == "payto" and not account.number:
        return "success"
    if given.get(_LINKED) is not None:
        return _of_linked(given[_LINKED])
    if type_ == "bacs_debit" and account.number == UNKNOWN_TO_BACS:
        raise _not_an_account(type_, "The bank does not know this account.")
    known = SCHEMES["au_becs_debit" if type_ == "payto" else type_].by_number
    scenario = known.get(account.number)
    if scenario is None:
        raise _not_a_test_account(type_)
    return scenario + UNVERIFIED if type_ in _VERIFIED_BY_OWNER else scenario


def _of_iban(iban: str) -> str:
    if iban in sepa_ibans.BANK_NOT_SUPPORTED:
        raise InstrumentRefused(
            "The bank of this IBAN takes no part in SEPA Direct Debit.",
            code="sepa_debit_bank_not_supported",
            param="sepa_debit[iban]",
        )
    if iban in sepa_ibans.DEBITS_NOT_SUPPORTED:
        raise InstrumentRefused(
            "The account of this IBAN cannot be debited through SEPA Direct Debit.",
            code="sepa_debit_debits_not_supported",
            param="sepa_debit[iban]",
        )
    scenario = sepa_ibans.BY_IBAN.get(iban)
    if scenario is None:
        raise _not_a_test_account("sepa_debit")
    return scenario


def _of_linked(linked: str) -> str:
    if not linked.startswith("fca_"):
        raise ResourceMissing(
            "financial_connections.account", linked, param=f"us_bank_account[{_LINKED}]"
        )
    return "success"


def _given(scheme: Scheme, number: str) -> JsonObject:
    if scheme.type != "nz_bank_account":
        return {**scheme.bank, "account_number": number}
    account, _, suffix = number.partition("-")
    return {**scheme.bank, "account_number": account, "suffix": suffix}


def _not_a_test_account(type_: str) -> InstrumentRefused:
    return _not_an_account(
        type_,
        "The account is not a test account, and this is test mode. Stripe's pages on testing "
        "list the numbers that are taken.",
    )


def _not_an_account(type_: str, message: str) -> InstrumentRefused:
    part = "iban" if type_ == "sepa_debit" else "account_number"
    return InstrumentRefused(message, code="account_number_invalid", param=f"{type_}[{part}]")


def _all_published() -> Iterable[tuple[str, tuple[Described, str]]]:
    for name, iban in sepa_ibans.BY_NAME.items():
        described = Described(type="sepa_debit", given={"iban": iban})
        yield f"pm_sepaDebit_{name}", (described, name.partition("_")[0])
    for scheme in SCHEMES.values():
        for name, number in scheme.named.items():
            described = Described(type=scheme.type, given=_given(scheme, number))
            yield f"pm_{scheme.name}_{name}", (described, name)


_PUBLISHED: Final = dict(_all_published())

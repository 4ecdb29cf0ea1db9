"""
The test bank accounts, but for those with an IBAN: every number that is taken in test mode.

Numbers, names and what they do are Stripe's. Most of it they do to later payments. An
account of the scheme `usBankAccount` that is published as `success` is taken as payment
method `pm_usBankAccount_success`, and counts as verified then.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """
    The test accounts of one type of payment method.

    *bank* is what a published account's bank is described with. *named* tells the number
    that is published under each name, *nameless* the scenarios of numbers without one.
    """

    name: str
    type: str
    bank: Mapping[str, str]
    named: Mapping[str, str]
    nameless: Mapping[str, str] = field(default_factory=dict)

    @property
    def by_number(self) -> Mapping[str, str]:
        """The scenario of each number; of a number with several names, that of the first."""
        named = {number: name for name, number in reversed(list(self.named.items()))}
        return {**self.nameless, **named}


_US: Final = Scheme(
    name="usBankAccount",
    type="us_bank_account",
    bank={"account_holder_type": "individual", "routing_number": "110000000"},
    named={
        "success": "000123456789",
        "accountClosed": "000111111113",
        "noAccount": "000111111116",
        "insufficientFunds": "000222222227",
        "debitNotAuthorized": "000333333335",
        "invalidCurrency": "000444444440",
        "failMicrodeposits": "000666666661",
        "dispute": "000555555559",
        "processing": "000000000009",
        "weeklyLimitExceeded": "000777777771",
        "riskLevelHighest": "000000004954",
    },
    nameless={"000888888885": "tokenizedNumberDeactivated"},
)
_ACSS: Final = Scheme(
    name="acssDebit",
    type="acss_debit",
    bank={"institution_number": "000", "transit_number": "11000"},
    named=dict.fromkeys(
        (
            "success",
            "noAccount",
            "accountClosed",
            "insufficientFunds",
            "debitNotAuthorized",
            "dispute",
        ),
        "000123456789",
    ),
    nameless={
        "900123456789": "successDelayed",
        "000222222227": "failed",
        "900222222227": "failedDelayed",
        "000666666661": "failMicrodeposits",
        "000777777771": "exceedsWeeklyLimit",
        "000888888881": "exceedsTransactionLimit",
    },
)
_BECS: Final = Scheme(
    name="auBecsDebit",
    type="au_becs_debit",
    bank={"bsb_number": "000000"},
    named={
        "success": "000123456",
        "successDelayed": "900123456",
        "accountClosed": "111111113",
        "noAccount": "111111116",
        "referToCustomer": "222222227",
        "referToCustomerDelayed": "922222227",
        "debitNotAuthorized": "333333335",
        "dispute": "666666660",
        "exceedsWeeklyLimit": "343434343",
        "exceedsTransactionLimit": "121212121",
    },
)
_BACS: Final = Scheme(
    name="bacsDebit",
    type="bacs_debit",
    bank={"sort_code": "108800"},
    named={
        "success": "00012345",
        "successDelayed": "90012345",
        "debitNotAuthorized": "33333335",
        "debitNotAuthorizedDelayed": "93333335",
        "insufficientFunds": "22222227",
        "insufficientFundsDelayed": "92222227",
        "dispute": "55555559",
        "mandateRefused": "00033333",
        "exceedsWeeklyLimit": "34343434",
        "exceedsTransactionLimit": "12121212",
    },
)
_NZ: Final = Scheme(
    name="nzBankAccount",
    type="nz_bank_account",
    bank={"bank_code": "11", "branch_code": "0000"},
    named={
        "success": "0000000-010",
        "insufficientFunds": "2222222-027",
        "referToCustomer": "8888888-000",
        "noAccount": "1111111-016",
        "debitNotAuthorized": "5555555-059",
        "processing": "9999999-000",
    },
)

SCHEMES: Final[Mapping[str, Scheme]] = {each.type: each for each in (_US, _ACSS, _BECS, _BACS, _NZ)}
# An account that a bank does not know: no payment method can be made of it.
UNKNOWN_TO_BACS: Final = "00044444"

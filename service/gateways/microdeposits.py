"""
Microdeposits: small sums that only the owner of a bank account gets to see.

Stripe's test values say what comes of a verification: both ways of naming the deposits work,
whichever the customer was asked for. How often it may be tried follows from what was asked
for, so that the tries left do not depend on the way in which one is made. Deposits arrive
two business days after they were sent and can be verified for ten days.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from service.domain.values import JsonObject
from service.domain.verdicts import Mismatch, Reason
from service.gateways import provider_declines
from service.gateways.port import Attempt, Deposits

VERIFIABLE_S: Final = 10 * 24 * 3600
_TRIES: Final = {"amounts": 3, "descriptor_code": 10}
_BUSINESS_DAYS: Final = 2
_SATURDAY: Final = 5

_RIGHT: Final = ((32, 45), "SM11AA")
_TOO_OFTEN: Final = ((10, 11), "SM33CC")
_TOO_LATE: Final = ((40, 41), "SM44DD")


def shown(attempt: Attempt) -> JsonObject:
    """Return what the customer is told of the deposits that are on their way."""
    return {"arrival_date": _arrival(attempt.at), "microdeposit_type": _kind(attempt)}


def mismatch(attempt: Attempt, deposits: Deposits) -> Mismatch | None:
    """Return what is wrong with what the customer says; None where it is right."""
    named = _named(deposits)
    if named in _RIGHT:
        return None
    if named in _TOO_LATE:
        return Mismatch(reason=provider_declines.DEPOSITS_LATE, final=True)
    left = _TRIES[_kind(attempt)] - attempt.tries - 1
    if named in _TOO_OFTEN or left <= 0:
        return Mismatch(reason=provider_declines.TRIES_EXCEEDED, final=True)
    return Mismatch(reason=_wrong(deposits, left))


def _kind(attempt: Attempt) -> str:
    by_code = attempt.payment_method.type == "us_bank_account"
    return "descriptor_code" if by_code else "amounts"


def _named(deposits: Deposits) -> Any:
    """Return the amounts, the smaller one first, or the code in capitals."""
    if deposits.amounts is not None:
        return tuple(sorted(deposits.amounts))
    return (deposits.descriptor_code or "").upper()


def _wrong(deposits: Deposits, left: int) -> Reason:
    if deposits.amounts is not None:
        return provider_declines.wrong_amounts(left)
    return provider_declines.wrong_code(left)


def _arrival(at: int) -> int:
    """Return the midnight (UTC) that begins the day on which deposits sent *at* arrive."""
    day = datetime.fromtimestamp(at, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    for _ in range(_BUSINESS_DAYS):
        day += timedelta(days=1)
        while day.weekday() >= _SATURDAY:
            day += timedelta(days=1)
    return int(day.timestamp())

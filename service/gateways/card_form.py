"""What is wrong with a card as a form gave it, before anybody is asked about it."""

from datetime import UTC, datetime
from typing import Final

from service.domain.errors import CardRefused
from service.gateways import declines
from service.gateways.port import CardNumber

_DIGITS_MIN: Final = 12
_DIGITS_MAX: Final = 19
_MONTHS: Final = 12
_CENTURY: Final = 100
_YEARS_AHEAD_MAX: Final = 50
_AMEX_PREFIXES: Final = ("34", "37")


def checked_number(card: CardNumber, at: int) -> str:
    """Return the digits of *card*'s number. Raise `CardRefused` for a card that cannot be."""
    number = card.number.replace(" ", "").replace("-", "")
    if not _are_digits(number) or not _DIGITS_MIN <= len(number) <= _DIGITS_MAX:
        raise CardRefused(declines.INVALID_NUMBER)
    if not passes_luhn(number):
        raise CardRefused(declines.INCORRECT_NUMBER)
    refuse_expiry(card.exp_month, card.exp_year, at)
    _refuse_cvc(card.cvc, number)
    return number


def refuse_expiry(month: int, year: int, at: int) -> None:
    """Raise `CardRefused` where *month* of *year* is no month or was over *at* (Unix, s)."""
    now = datetime.fromtimestamp(at, UTC)
    year = full_year(year, at)
    if not 1 <= month <= _MONTHS:
        raise CardRefused(declines.INVALID_MONTH)
    if not now.year <= year <= now.year + _YEARS_AHEAD_MAX:
        raise CardRefused(declines.INVALID_YEAR)
    if (year, month) < (now.year, now.month):
        raise CardRefused(declines.INVALID_MONTH)


def full_year(year: int, at: int) -> int:
    """Return *year* with its century: 34 is 2034 in this one."""
    now = datetime.fromtimestamp(at, UTC).year
    return now - now % _CENTURY + year if 0 <= year < _CENTURY else year


def passes_luhn(number: str) -> bool:
    """Say whether the check digit of *number* matches the others."""
    odd = sum(int(digit) for digit in number[-1::-2])
    even = sum(sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (odd + even) % 10 == 0


def _refuse_cvc(cvc: str | None, number: str) -> None:
    lengths = (3, 4) if number.startswith(_AMEX_PREFIXES) else (3,)
    if cvc is not None and not (_are_digits(cvc) and len(cvc) in lengths):
        raise CardRefused(declines.INVALID_CVC)


def _are_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()

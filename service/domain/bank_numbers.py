"""
What the numbers of a bank account look like, country by country.

Pure arithmetic, for whoever reads a number: a form, a token, a gateway. Nothing here knows
whether an account exists; a number that passes is one that a bank could have given out.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

_IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_FIRST: Final = 4
_ROUTING_WEIGHTS: Final = (3, 7, 1, 3, 7, 1, 3, 7, 1)


class _Layout(NamedTuple):
    """How long an IBAN is, and where the bank and the branch stand after its first four."""

    length: int
    bank: slice
    branch: slice = slice(0, 0)


def _layout(length: int, bank: int, branch: int = 0, *, skipped: int = 0) -> _Layout:
    end = skipped + bank
    return _Layout(length, slice(skipped, end), slice(end, end + branch))


# The countries that SEPA reaches.
_LAYOUTS: Final[Mapping[str, _Layout]] = {
    "AD": _layout(24, 4, 4),
    "AT": _layout(20, 5),
    "BE": _layout(16, 3),
    "BG": _layout(22, 4, 4),
    "CH": _layout(21, 5),
    "CY": _layout(28, 3, 5),
    "CZ": _layout(24, 4),
    "DE": _layout(22, 8),
    "DK": _layout(18, 4),
    "EE": _layout(20, 2),
    "ES": _layout(24, 4, 4),
    "FI": _layout(18, 3),
    "FR": _layout(27, 5, 5),
    "GB": _layout(22, 4, 6),
    "GI": _layout(23, 4),
    "GR": _layout(27, 3, 4),
    "HR": _layout(21, 7),
    "HU": _layout(28, 3, 4),
    "IE": _layout(22, 4, 6),
    "IS": _layout(26, 4),
    "IT": _layout(27, 5, 5, skipped=1),
    "LI": _layout(21, 5),
    "LT": _layout(20, 5),
    "LU": _layout(20, 3),
    "LV": _layout(21, 4),
    "MC": _layout(27, 5, 5),
    "MT": _layout(31, 4, 5),
    "NL": _layout(18, 4),
    "NO": _layout(15, 4),
    "PL": _layout(28, 8),
    "PT": _layout(25, 4, 4),
    "RO": _layout(24, 4),
    "SE": _layout(24, 3),
    "SI": _layout(19, 5),
    "SK": _layout(24, 4),
    "SM": _layout(27, 5, 5, skipped=1),
    "VA": _layout(22, 3),
}


class Iban(NamedTuple):
    """What an IBAN tells of an account. *branch_code* is empty where a country has none."""

    country: str
    bank_code: str
    branch_code: str


def compact(number: str) -> str:
    """Return *number* without the blanks and dashes that people write into it."""
    return number.replace(" ", "").replace("-", "").upper()


def is_iban(number: str) -> bool:
    """Say whether *number*, compact, is an IBAN of a SEPA country, its check digits right."""
    layout = _LAYOUTS.get(number[:2])
    if layout is None or len(number) != layout.length or not _IBAN.fullmatch(number):
        return False
    turned = number[_FIRST:] + number[:_FIRST]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


def parts_of(iban: str) -> Iban:
    """Return what *iban*, which is one, tells of its account."""
    layout = _LAYOUTS[iban[:2]]
    account = iban[_FIRST:]
    return Iban(iban[:2], account[layout.bank], account[layout.branch])


def is_routing_number(number: str) -> bool:
    """Say whether *number* is an American routing number, its check digit right."""
    if not has_digits(number, 9):
        return False
    weighted = zip(_ROUTING_WEIGHTS, number, strict=True)
    return sum(weight * int(digit) for weight, digit in weighted) % 10 == 0


def has_digits(number: str, least: int, most: int | None = None) -> bool:
    """Say whether *number* is *least* to *most* digits and nothing else."""
    return (
        number.isascii()
        and number.isdigit()
        and least <= len(number) <= (least if most is None else most)
    )

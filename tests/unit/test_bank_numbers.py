"""The numbers of bank accounts: which could be ones, and what they tell."""

import pytest

from service.domain.bank_numbers import compact, has_digits, is_iban, is_routing_number, parts_of
from service.gateways import sepa_ibans

EVERY_IBAN = [
    *sepa_ibans.BY_IBAN,
    *sepa_ibans.BANK_NOT_SUPPORTED,
    *sepa_ibans.DEBITS_NOT_SUPPORTED,
]


def test_published_ibans_are_ibans() -> None:
    """Every IBAN that Stripe publishes has the right length and check digits."""
    assert [iban for iban in EVERY_IBAN if not is_iban(iban)] == []


def test_one_wrong_digit_is_found() -> None:
    """The check digits find any single wrong character."""
    wrong = [iban[:-1] + ("1" if iban[-1] != "1" else "2") for iban in EVERY_IBAN]
    assert [iban for iban in wrong if is_iban(iban)] == []


@pytest.mark.parametrize(
    "number",
    [
        "",
        "DE",
        "DE8937040044053201300",
        "DE893704004405320130000",
        "de89370400440532013000",
        "DE89 3704 0044 0532 0130 00",
        "US89370400440532013000",
        "DE٨٩370400440532013000",
        "TR330006100519786457841326",
    ],
)
def test_what_is_no_iban(number: str) -> None:
    """Length, letters, digits and country are all looked at."""
    assert not is_iban(number)


@pytest.mark.parametrize(
    ("iban", "parts"),
    [
        ("DE89370400440532013000", ("DE", "37040044", "")),
        ("FR1420041010050500013M02606", ("FR", "20041", "01005")),
        ("GB82WEST12345698765432", ("GB", "WEST", "123456")),
        ("IT40S0542811101000000123456", ("IT", "05428", "11101")),
        ("ES0700120345030000067890", ("ES", "0012", "0345")),
        ("NL39RABO0300065264", ("NL", "RABO", "")),
    ],
)
def test_parts_of_an_iban(iban: str, parts: tuple[str, str, str]) -> None:
    """The bank and the branch stand where the country puts them."""
    assert parts_of(iban) == parts


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("110000000", True),
        ("021000021", True),
        ("110000001", False),
        ("11000000", False),
        ("1100000000", False),
        ("11000000x", False),
        ("", False),
    ],
)
def test_routing_number(number: str, right: bool) -> None:  # noqa: FBT001 (A column of the table.)
    """Nine digits, the last of which checks the others."""
    assert is_routing_number(number) is right


def test_compact() -> None:
    """Numbers are written with blanks and dashes, and in small letters."""
    assert compact("de89 3704-0044") == "DE8937040044"


def test_has_digits() -> None:
    """Digits are those of ASCII, as many as are asked for."""
    assert has_digits("12", 2)
    assert has_digits("123", 2, 4)
    assert not has_digits("12345", 2, 4)
    assert not has_digits("١٢", 2)
    assert not has_digits("1 2", 3)

"""What customers write down of microdeposits."""

import pytest

from service.gateways.port import Deposits
from service.pages.deposits import cents, code, filled, said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("32", 32),
        (" 32 ", 32),
        ("5", 5),
        ("05", 5),
        ("0", 0),
        ("0.32", 32),
        (".32", 32),
        ("0,32", 32),
        ("$0.32", 32),
        ("$ 0.05", 5),
        ("$0.00", 0),
        ("", None),
        ("0.3", None),
        ("0.321", None),
        ("321", None),
        ("1.32", None),
        ("-3", None),
        ("3e1", None),
        ("٣٢", None),
        ("thirty", None),
    ],
)
def test_reads_an_amount_as_cents(text: str, told: int | None) -> None:
    """Cents and dollars both tell cents; everything else tells nothing."""
    assert cents(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SM11AA", "SM11AA"),
        (" sm 11 aa ", "SM11AA"),
        ("SM11A", None),
        ("SM11AAA", None),
        ("AB11AA", None),
        ("SM11Ä1", None),
        ("", None),
    ],
)
def test_reads_a_code(text: str, told: str | None) -> None:
    """A code is read in small letters and with spaces too."""
    assert code(text) == told


def test_says_both_amounts() -> None:
    """Two lines that are read are two amounts, in their order."""
    lines = filled("amounts", {"first": "45", "second": "$0.32"})
    assert said(lines) == Deposits(amounts=(45, 32))


def test_says_the_code() -> None:
    """One line that is read is a descriptor code."""
    lines = filled("descriptor_code", {"code": "sm11aa"})
    assert said(lines) == Deposits(descriptor_code="SM11AA")


@pytest.mark.parametrize(
    "form", [{}, {"first": "32"}, {"first": "32", "second": "x"}, {"first": ["32"], "second": {}}]
)
def test_says_nothing_by_half(form: dict[str, object]) -> None:
    """A line that is missing, misread or no text leaves nothing said."""
    assert said(filled("amounts", form)) is None  # type: ignore[arg-type]  # Anybody posts anything.

"""What is kept encrypted, and opens nowhere but in its place."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.keyring import Keyring
from service.sealing import KEY_LENGTH, BrokenSeal, Sealing

SEALING: Final = Sealing(b"k" * KEY_LENGTH)


@given(text=st.text())
def test_opens_to_what_was_sealed(text: str) -> None:
    """Any text comes back, and is never sealed in the same way twice."""
    sealed = SEALING.seal(text, "use", "we_1")
    assert SEALING.open(sealed, "use", "we_1") == text
    assert SEALING.seal(text, "use", "we_1") != sealed


@pytest.mark.parametrize(("use", "subject"), [("use", "we_2"), ("other", "we_1")])
def test_opens_nowhere_else(use: str, subject: str) -> None:
    """What was moved to another endpoint, or another use, does not open."""
    with pytest.raises(BrokenSeal):
        SEALING.open(SEALING.seal("x", "use", "we_1"), use, subject)


@pytest.mark.parametrize("how", ["", "AA", "not base64", "é", "A" * 40])
def test_opens_nothing_else(how: str) -> None:
    """What was never sealed does not open."""
    with pytest.raises(BrokenSeal):
        SEALING.open(how, "use", "we_1")


def test_notices_an_altered_bit() -> None:
    """One character more or less, or another, is noticed, and the refusal tells no text."""
    sealed = SEALING.seal("a secret", "use", "we_1")
    other = ("B" if sealed[20] == "A" else "A").join((sealed[:20], sealed[21:]))
    for altered in (other, sealed[:-2], sealed + "AA"):
        with pytest.raises(BrokenSeal, match=r"^What was sealed as a use of we_1 does not open\.$"):
            SEALING.open(altered, "use", "we_1")


def test_another_master_key_opens_nothing() -> None:
    """A log under another master key gives no secret away."""
    sealed = Keyring(b"a" * 32).seal_header("we_1", "X-Key", "value")
    assert Keyring(b"a" * 32).open_header("we_1", "x-key", sealed) == "value"
    with pytest.raises(BrokenSeal):
        Keyring(b"b" * 32).open_header("we_1", "X-Key", sealed)

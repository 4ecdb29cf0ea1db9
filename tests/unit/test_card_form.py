"""What is wrong with a card as a form gave it."""

from typing import Any

import pytest

from service.domain.errors import CardRefused
from service.gateways.card_form import full_year
from tests import simulated as s


class TestCard:
    @pytest.mark.parametrize(
        ("changes", "code", "param"),
        [
            ({"number": "4242424242424241"}, "incorrect_number", "number"),
            ({"number": "4242 4242"}, "invalid_number", "number"),
            ({"number": "4" * 20}, "invalid_number", "number"),
            ({"number": "not a number"}, "invalid_number", "number"),
            ({"number": "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢"}, "invalid_number", "number"),
            ({"number": ""}, "invalid_number", "number"),
            ({"exp_month": 13}, "invalid_expiry_month", "exp_month"),
            ({"exp_month": 0}, "invalid_expiry_month", "exp_month"),
            # In September 2026, when these are asked, August is over.
            ({"exp_month": 8, "exp_year": 2026}, "invalid_expiry_month", "exp_month"),
            ({"exp_year": 2025}, "invalid_expiry_year", "exp_year"),
            ({"exp_year": 1995}, "invalid_expiry_year", "exp_year"),
            ({"exp_year": 2077}, "invalid_expiry_year", "exp_year"),
            ({"exp_year": -1}, "invalid_expiry_year", "exp_year"),
            ({"cvc": "99"}, "invalid_cvc", "cvc"),
            ({"cvc": "1234"}, "invalid_cvc", "cvc"),
            ({"cvc": "abc"}, "invalid_cvc", "cvc"),
            ({"cvc": ""}, "invalid_cvc", "cvc"),
            ({"number": "378282246310005", "cvc": "12345"}, "invalid_cvc", "cvc"),
        ],
    )
    def test_that_cannot_be_is_refused(
        self, changes: dict[str, Any], code: str, param: str
    ) -> None:
        """The refusal is a card error that names the parameter."""
        with pytest.raises(CardRefused) as refused:
            s.tokenize(s.card(**changes))
        assert (refused.value.code, refused.value.param) == (code, param)
        assert refused.value.declined

    @pytest.mark.parametrize(
        "changes",
        [
            {"number": "4242 4242-4242 4242"},
            {"exp_month": 9, "exp_year": 2026},
            {"exp_year": 2076},
            {"exp_year": 34},
            {"cvc": None},
            {"number": "378282246310005", "cvc": "1234"},
            {"number": "378282246310005", "cvc": "123"},
        ],
    )
    def test_at_its_limits_is_taken(self, changes: dict[str, Any]) -> None:
        """Spaces and dashes, this very month, two-digit years, and no code at all."""
        assert s.tokenize(s.card(**changes)).type == "card"

    def test_is_shown_in_no_output(self) -> None:
        """Neither the number nor the code is in the representation."""
        shown = repr(s.card())
        assert "4242" not in shown
        assert "123" not in shown


class TestYear:
    @pytest.mark.parametrize(("given", "full"), [(34, 2034), (0, 2000), (2034, 2034), (99, 2099)])
    def test_of_two_digits_is_of_this_century(self, given: int, full: int) -> None:
        """A year without its century is in the present one."""
        assert full_year(given, s.AT) == full

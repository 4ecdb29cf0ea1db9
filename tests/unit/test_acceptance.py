"""How a customer accepted a mandate, as the mandate shows it."""

from typing import Any

import pytest

from service.domain.acceptance import acceptance
from tests import builders as a

SEEN = {"ip_address": "203.0.113.7", "user_agent": "Browser/1.0"}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"type": "offline"}, {"accepted_at": a.AT, "offline": {}, "type": "offline"}),
        (
            {"type": "offline", "accepted_at": 7, "offline": {}},
            {"accepted_at": 7, "offline": {}, "type": "offline"},
        ),
        (
            {"type": "online", "online": {**SEEN, "infer_from_client": True}},
            {"accepted_at": a.AT, "online": SEEN, "type": "online"},
        ),
        (
            {"type": "online", "online": {"ip_address": "::1"}},
            {
                "accepted_at": a.AT,
                "online": {"ip_address": "::1", "user_agent": None},
                "type": "online",
            },
        ),
    ],
    ids=["offline", "before", "online", "in part"],
)
def test_is_shown(given: dict[str, Any], shown: dict[str, Any]) -> None:
    """When it was accepted is now unless it is told, and what is not known is null."""
    found = acceptance({"customer_acceptance": given}, a.AT)
    assert found == shown
    assert list(found) == sorted(found)

"""What the commands send, as the server reads it."""

from typing import Any

import pytest

from service.calling.form import encoded
from service.wire.form import parse_form


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ({}, {}),
        ({"url": "http://a/?b=c&d"}, {"url": "http://a/?b=c&d"}),
        ({"limit": 3, "dry_run": True}, {"limit": "3", "dry_run": "true"}),
        ({"types": ["a", "b"]}, {"types": {"0": "a", "1": "b"}}),
        ({"created": {"gte": 1, "lt": None}}, {"created": {"gte": "1"}}),
        ({"until": None}, {}),
    ],
    ids=["nothing", "text", "scalars", "list", "hash", "none"],
)
def test_is_read_as_it_was_meant(sent: dict[str, Any], read: dict[str, Any]) -> None:
    """Hashes and lists arrive as such, and what is None does not arrive."""
    text = encoded(sent)
    assert (parse_form(text.encode()) if text else {}) == read

"""What a pattern of event types means."""

import pytest

from service.wire.event_types import is_known, is_meant

TYPE = "setup_intent.created"


@pytest.mark.parametrize(
    "pattern",
    [
        TYPE,
        "*",
        "**",
        "setup_intent.*",
        "*.created",
        "setup*created",
        "*_*.*",
        f"*{TYPE}*",
        "s*.*d",
    ],
)
def test_an_asterisk_stands_for_anything(pattern: str) -> None:
    """A family is named by what its types have in common, wherever that stands."""
    assert is_meant(TYPE, pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "setup_intent",
        "SETUP_INTENT.*",
        "setup_intent.?reated",
        "setup_intent.[c]reated",
        "*.*.*",
        "setup_intent.created*d",
        "*created*setup*",
        "setup_intent.create*ed",
        ".*",
    ],
)
def test_nothing_else_stands_for_more_than_itself(pattern: str) -> None:
    """Question marks and brackets are letters like others, and no letter is used twice."""
    assert not is_meant(TYPE, pattern)


def test_a_pattern_is_known_where_it_means_something() -> None:
    """A family of none of the types is a mistake."""
    assert is_known("setup_intent.*")
    assert not is_known("setup_intent.?reated")

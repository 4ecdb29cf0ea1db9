"""The default versions that an account has had."""

from msgspec.structs import replace

from service.domain.default_versions import DefaultVersions, default_versions
from tests import histories as h

HISTORY = list(
    h.recorded(
        replace(h.ACCOUNT_CREATED, api_version=None),
        replace(h.ACCOUNT_UPDATED, changed={"api_version": "2024-06-20"}),
        replace(h.ACCOUNT_UPDATED, changed={"name": "Rocket Rides"}),
        replace(h.ACCOUNT_UPDATED, changed={"api_version": None}),
        position=10,
    )
)


def test_each_holds_from_its_position_on() -> None:
    """The default at a position is what the last change up to it, and no later one, said."""
    defaults = default_versions(HISTORY)
    said = [defaults.at(position) for position in range(9, 15)]
    assert said == [None, None, "2024-06-20", "2024-06-20", None, None]


def test_only_changes_are_kept() -> None:
    """What else happens to an account takes no room."""
    assert len(default_versions(HISTORY).changes) == 3


def test_nobody_has_none() -> None:
    """Of an account that nothing is known of, no default is."""
    assert DefaultVersions().at(1) is None

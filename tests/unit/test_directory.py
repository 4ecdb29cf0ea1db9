"""Every account, as it is known and shown, and which are connected to which."""

from typing import Any

import pytest
import stripe

from projections.paging import Cut
from service.api.accounts import stretch
from service.api.directory import Directory
from service.domain import events as e
from service.domain.account import fold
from tests import builders as a
from tests.shapes import assert_shaped

PLATFORM = "acct_platform"
CONNECTED = tuple(f"acct_{number}" for number in range(5))


def created(account: str, **changes: Any) -> e.AccountCreated:
    return e.AccountCreated(**{"account_id": account, "at": a.AT, **changes})


def directory() -> Directory:
    """Return a platform, and accounts connected to it: two in one second, then one each."""
    known = Directory(lambda platform: platform.replace("acct_", "ca_"))
    known.know([fold([created(PLATFORM, name="Rides", country="FR", default_currency="eur")])])
    for place, name in enumerate(CONNECTED):
        known.know([fold([created(name, at=a.AT + max(place, 1), platform=PLATFORM)])])
    return known


class TestViews:
    def test_of_an_account_are_as_declared(self) -> None:
        """An account is shown whole, with what it was given."""
        view = directory().view(PLATFORM, PLATFORM)
        assert view is not None
        assert_shaped(view)
        assert (view["country"], view["default_currency"]) == ("FR", "eur")
        assert view["settings"]["dashboard"]["display_name"] == "Rides"

    def test_of_an_account_have_nothing_that_the_sdk_has_not(self) -> None:
        """Every key is one that the official SDK declares, settings included."""
        view = directory().view(PLATFORM, PLATFORM)
        assert view is not None
        assert view.keys() <= stripe.Account.__annotations__.keys()
        for name, declared in (
            ("business_profile", stripe.Account.BusinessProfile),
            ("requirements", stripe.Account.Requirements),
            ("settings", stripe.Account.Settings),
            ("tos_acceptance", stripe.Account.TosAcceptance),
        ):
            assert view[name].keys() <= declared.__annotations__.keys()

    def test_of_an_account_are_its_own_and_its_platforms(self) -> None:
        """Nobody else sees an account whole, and a platform no longer once it is disconnected."""
        known, name = directory(), CONNECTED[0]
        assert known.view(name, name) == known.view(name, PLATFORM) is not None
        assert known.view(name, CONNECTED[1]) is None
        known.know([fold([created(name)])])
        assert known.view(name, PLATFORM) is None

    def test_of_an_application_outlive_the_connection(self) -> None:
        """Objects that a platform made go on naming it, also where nothing is connected now."""
        known = Directory(lambda platform: platform.replace("acct_", "ca_"))
        known.know([fold([created(PLATFORM, name="Rides")])])
        view = known.view("ca_platform", CONNECTED[0])
        assert view is not None
        assert view["name"] == "Rides"

    def test_of_an_application_are_as_declared(self) -> None:
        """A platform is an application to the accounts that it acts for."""
        view = directory().view("ca_platform", CONNECTED[0])
        assert view == {"id": "ca_platform", "object": "application", "name": "Rides"}
        assert_shaped(view)

    @pytest.mark.parametrize("name", ["acct_nobody", "ca_nobody"])
    def test_of_nobody_are_none(self, name: str) -> None:
        """Who is not there is not shown."""
        assert directory().view(name, PLATFORM) is None


class TestConnected:
    def test_newest_first(self) -> None:
        """Accounts of one second stand in the order of their ids."""
        found = [each.id for each in directory().connected(PLATFORM)]
        assert found == sorted(CONNECTED, reverse=True)

    def test_until_disconnected(self) -> None:
        """An account that leaves is in no list of the platform's any more."""
        known = directory()
        known.know([fold([created("acct_4", platform=None)])])
        assert not known.is_connected("acct_4", PLATFORM)
        assert next(each.id for each in known.connected(PLATFORM)) == "acct_3"

    @pytest.mark.parametrize(
        ("cut", "expected"),
        [
            (Cut(limit=2), "43"),
            (Cut(limit=2, after="acct_3"), "21"),
            (Cut(limit=9, after="acct_0"), ""),
            (Cut(limit=2, before="acct_0"), "21"),
            (Cut(limit=2, before="acct_4"), ""),
            (Cut(limit=9, since=a.AT + 2, until=a.AT + 4), "32"),
        ],
        ids=["first", "after", "after the last", "before", "before the first", "created"],
    )
    def test_stretches(self, cut: Cut, expected: str) -> None:
        """A page is cut out of the list as of any other list."""
        found = stretch(directory().connected(PLATFORM), cut)
        assert found == [f"acct_{number}" for number in expected]

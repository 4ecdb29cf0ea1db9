"""Where a customer is taxed: what of its addresses tells, and what does not."""

from typing import Any

import pytest

from projections.tax_id import country_of
from service.domain.tax_location import tax_location


def address(**known: str) -> dict[str, Any]:
    leaves = ("city", "country", "line1", "line2", "postal_code", "state")
    return {**dict.fromkeys(leaves), **known}


def billed_at(**known: str) -> dict[str, Any]:
    return {"address": address(**known), "shipping": None}


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({"country": "DE"}, ("DE", None)),
        ({"country": "IE", "state": "Dublin"}, ("IE", "Dublin")),
        ({"country": "US", "postal_code": "94105", "state": "CA"}, ("US", "CA")),
        ({"country": "CA", "postal_code": "K1A 0B1"}, ("CA", None)),
        ({"country": "CA", "state": "ON"}, ("CA", "ON")),
        ({"country": "US", "state": "CA"}, None),
        ({"country": "US"}, None),
        ({"country": "CA", "city": "Ottawa"}, None),
        ({"country": "Germany"}, None),
        ({"city": "Berlin", "postal_code": "10115"}, None),
    ],
)
def test_takes_what_is_enough(known: dict[str, str], found: tuple[str, str | None] | None) -> None:
    """A country is enough, but in America, where a place in it has to be known."""
    location = tax_location(billed_at(**known))
    told = None if location is None else (location["country"], location["state"])
    assert told == found


def test_prefers_where_parcels_go() -> None:
    """An address for shipping counts before one for bills, where it tells enough."""
    both = {**billed_at(country="DE"), "shipping": {"address": address(country="FR")}}
    assert tax_location(both) == {
        "country": "FR",
        "source": "shipping_destination",
        "state": None,
    }
    vague = {**billed_at(country="DE"), "shipping": {"address": address(country="US")}}
    assert tax_location(vague) == {"country": "DE", "source": "billing_address", "state": None}


def test_knows_nobody_without_an_address() -> None:
    """Without an address there is nothing to tell by, whatever the IP address."""
    assert tax_location({"tax": {"ip_address": "203.0.113.7"}}) is None


@pytest.mark.parametrize(
    ("type_", "value", "country"),
    [
        ("eu_vat", "de123456789", "DE"),
        ("eu_vat", "EL123456789", "GR"),
        ("eu_vat", "", None),
        ("eu_oss_vat", "EU123456789", None),
        ("gb_vat", "123456789", "GB"),
        ("ca_gst_hst", "123456789RT0002", "CA"),
        ("ic_nif", "A12345678", "ES"),
    ],
)
def test_knows_whose_number_it_is(type_: str, value: str, country: str | None) -> None:
    """A tax id is of the country that its type names, or its number."""
    assert country_of(type_, value) == country

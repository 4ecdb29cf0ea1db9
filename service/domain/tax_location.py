"""
Where a customer is for taxes: what of the addresses that are known is enough to tell.

Where a parcel goes counts before where an invoice goes. A country is enough, but for the two
whose taxes differ from place to place. An IP address is kept and shown, and locates nobody:
that would take a directory of networks.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from service.domain.values import JsonObject

_COUNTRY: Final = re.compile(r"[A-Z]{2}")
# One of these has to be there beside the country.
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "CA": ("postal_code", "state"),
    "US": ("postal_code",),
}


def tax_location(customer: JsonObject) -> dict[str, Any] | None:
    """Return where *customer*, by its attributes, is taxed; None where they do not tell."""
    for source, address in _addresses(customer):
        country = address["country"] or ""
        needed = _NEEDED.get(country)
        if _COUNTRY.fullmatch(country) and (not needed or any(map(address.get, needed))):
            return {"country": country, "source": source, "state": address["state"]}
    return None


def _addresses(customer: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    if shipping := customer.get("shipping"):
        yield "shipping_destination", shipping["address"]
    if address := customer.get("address"):
        yield "billing_address", address

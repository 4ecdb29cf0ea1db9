"""What a customer is taxed by, as it is shown: in the customer's list, and once as news."""

from collections.abc import Mapping
from typing import Any, Final

from projections.view import View, ordered
from service.domain.events import CustomerTaxIdAdded

# Canarian numbers are told apart from Spain's, and are of no other country.
_COUNTRY_OF_PREFIX: Final[Mapping[str, str]] = {"ic": "ES"}
# Of the European numbers only those of one country begin with it, and Greece's with EL.
_EUROPEAN: Final = "eu_vat"
_COUNTRY_OF_NUMBER: Final[Mapping[str, str]] = {"EL": "GR"}
_OF_NO_COUNTRY: Final = frozenset({"eu_oss_vat"})


def view(event: CustomerTaxIdAdded, *, livemode: bool) -> View:
    """Return the tax id that was added. Nobody verifies it, since we ask no authority."""
    owner: dict[str, Any] = {"customer": event.customer_id, "customer_account": None}
    return ordered(
        {
            "id": event.tax_id,
            "object": "tax_id",
            "country": country_of(event.type, event.value),
            "created": event.at,
            "customer": event.customer_id,
            "customer_account": None,
            "livemode": livemode,
            "owner": {**owner, "type": "customer"},
            "type": event.type,
            "value": event.value,
            "verification": {
                "status": "unavailable",
                "verified_address": None,
                "verified_name": None,
            },
        }
    )


def country_of(type_: str, value: str) -> str | None:
    """Return the country whose *type_* of tax id *value* is."""
    if type_ in _OF_NO_COUNTRY:
        return None
    if type_ == _EUROPEAN:
        prefix = value[:2].upper()
        return _COUNTRY_OF_NUMBER.get(prefix, prefix) if prefix.isalpha() else None
    prefix = type_.partition("_")[0]
    return _COUNTRY_OF_PREFIX.get(prefix, prefix.upper())

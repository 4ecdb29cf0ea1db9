"""What a customer is asked for taxes: where it is, and the numbers that it is taxed by."""

import re
from ipaddress import ip_address
from typing import Final, Literal

from msgspec import UNSET

from service.wire.bad_param import BadParam, child
from service.wire.hashes import ClearableText, Hash, Maybe, Text
from service.wire.params.enumerations import TaxIdType

# Each country of the union has a format of its own, behind two letters that name it.
_EU_VAT: Final = re.compile(r"[A-Za-z]{2}[0-9A-Za-z+*. -]{2,20}")


class Tax(Hash, frozen=True, kw_only=True):
    """Where the customer is. The IP address may be sent empty, to unset it."""

    ip_address: Maybe[ClearableText] = UNSET
    validate_location: Maybe[Literal["auto", "deferred", "immediately"]] = UNSET

    def check(self, name: str) -> None:
        if not self.ip_address:
            return
        try:
            ip_address(self.ip_address)
        except ValueError:
            named = child(name, "ip_address")
            raise BadParam(f"'{named}' is not an IP address.", param=named) from None


class TaxOfNew(Tax, frozen=True, kw_only=True):
    """As `Tax`, of a customer whose address cannot have changed yet."""

    validate_location: Maybe[Literal["deferred", "immediately"]] = UNSET


class TaxIdData(Hash, frozen=True, kw_only=True):
    type: TaxIdType
    value: Text

    def check(self, name: str) -> None:
        if self.type == "eu_vat" and not _EU_VAT.fullmatch(self.value):
            raise BadParam(
                "Invalid value for eu_vat: it begins with the two letters of its country.",
                code="tax_id_invalid",
                param=child(name, "value"),
            )

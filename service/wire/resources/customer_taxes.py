"""What a customer is shown with, to those who ask for it, about taxes."""

from typing import Annotated, Literal

from service.wire.params.enumerations import TaxIdType
from service.wire.resources.shape import ACustomer, Resource, Timestamp, whole


class CustomerTaxLocation(Resource, frozen=True, kw_only=True):
    country: str
    source: Literal["billing_address", "ip_address", "payment_method", "shipping_destination"]
    state: str | None


class CustomerTax(Resource, frozen=True, kw_only=True):
    automatic_tax: Literal["failed", "not_collecting", "supported", "unrecognized_location"]
    ip_address: str | None
    location: CustomerTaxLocation | None
    provider: Literal["anrok", "avalara", "sphere", "stripe"]


class TaxIdOwner(Resource, frozen=True, kw_only=True):
    customer: ACustomer
    customer_account: str | None
    type: Literal["customer"]


class TaxIdVerification(Resource, frozen=True, kw_only=True):
    status: Literal["pending", "unavailable", "unverified", "verified"]
    verified_address: str | None
    verified_name: str | None


class TaxId(Resource, frozen=True, kw_only=True):
    """A number that a customer is taxed by, in the customer's list."""

    id: str
    object: Literal["tax_id"]
    country: str | None
    created: Timestamp
    customer: ACustomer
    customer_account: str | None
    livemode: bool
    owner: TaxIdOwner
    type: TaxIdType
    value: str
    verification: TaxIdVerification


class TaxIdsList(Resource, frozen=True, kw_only=True):
    """All of them: a page that is never cut."""

    object: Literal["list"]
    data: Annotated[list[TaxId], whole("tax_id")]
    has_more: bool
    url: str

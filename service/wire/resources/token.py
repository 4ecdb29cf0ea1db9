"""The token object, and the card or bank account that one stands for."""

from typing import Literal

from msgspec import UNSET

from service.wire.resources.shape import Json, Maybe, Metadata, Resource, Timestamp


class TokenNetworks(Resource, frozen=True, kw_only=True):
    preferred: str | None


class TokenCard(Resource, frozen=True, kw_only=True):
    id: str
    object: Literal["card"]
    address_city: str | None
    address_country: str | None
    address_line1: str | None
    address_line1_check: str | None
    address_line2: str | None
    address_state: str | None
    address_zip: str | None
    address_zip_check: str | None
    brand: str
    country: str | None
    currency: Maybe[str] = UNSET
    cvc_check: str | None
    dynamic_last4: str | None
    exp_month: int
    exp_year: int
    fingerprint: str | None
    funding: Literal["credit", "debit", "prepaid", "unknown"]
    last4: str
    metadata: Metadata
    name: str | None
    networks: TokenNetworks
    regulated_status: Literal["regulated", "unregulated"] | None
    tokenization_method: str | None
    wallet: Json | None


class TokenBankAccount(Resource, frozen=True, kw_only=True):
    id: str
    object: Literal["bank_account"]
    account_holder_name: str | None
    account_holder_type: Literal["company", "individual"] | None
    account_type: Literal["checking", "savings"] | None
    bank_name: str | None
    country: str
    currency: str
    fingerprint: str | None
    last4: str
    routing_number: str | None
    status: str


class Token(Resource, frozen=True, kw_only=True):
    id: str
    object: Literal["token"]
    bank_account: Maybe[TokenBankAccount] = UNSET
    card: Maybe[TokenCard] = UNSET
    client_ip: str | None
    created: Timestamp
    livemode: bool
    type: Literal["bank_account", "card"]
    used: bool

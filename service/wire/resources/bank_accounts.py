"""The hashes of payment methods that are bank accounts. None of them holds a whole number."""

from typing import Literal

from msgspec import UNSET

from service.wire.resources.shape import ASetupAttempt, Maybe, Resource


class AcssDebit(Resource, frozen=True, kw_only=True):
    bank_name: str | None
    fingerprint: str | None
    institution_number: str | None
    last4: str | None
    transit_number: str | None


class AuBecsDebit(Resource, frozen=True, kw_only=True):
    bsb_number: str | None
    fingerprint: str | None
    last4: str | None


class BacsDebit(Resource, frozen=True, kw_only=True):
    fingerprint: str | None
    last4: str | None
    sort_code: str | None


class NzBankAccount(Resource, frozen=True, kw_only=True):
    account_holder_name: str | None
    bank_code: str
    bank_name: str
    branch_code: str
    last4: str
    suffix: str | None


class Payto(Resource, frozen=True, kw_only=True):
    bsb_number: str | None
    last4: str | None
    pay_id: str | None


class SepaDebitGeneratedFrom(Resource, frozen=True, kw_only=True):
    charge: str | None
    setup_attempt: ASetupAttempt | None


class SepaDebit(Resource, frozen=True, kw_only=True):
    bank_code: str | None
    branch_code: str | None
    country: str | None
    fingerprint: str | None
    generated_from: SepaDebitGeneratedFrom | None
    last4: str | None


class UsBankAccountNetworks(Resource, frozen=True, kw_only=True):
    preferred: str | None
    supported: list[Literal["ach", "us_domestic_wire"]]


class UsBankAccountBlocked(Resource, frozen=True, kw_only=True):
    network_code: (
        Literal["R02", "R03", "R04", "R05", "R07", "R08", "R10", "R11", "R16", "R20", "R29", "R31"]
        | None
    )
    reason: (
        Literal[
            "bank_account_closed",
            "bank_account_frozen",
            "bank_account_invalid_details",
            "bank_account_restricted",
            "bank_account_unusable",
            "debit_not_authorized",
            "tokenized_account_number_deactivated",
        ]
        | None
    )


class UsBankAccountStatusDetails(Resource, frozen=True, kw_only=True):
    blocked: Maybe[UsBankAccountBlocked] = UNSET


class UsBankAccount(Resource, frozen=True, kw_only=True):
    account_holder_type: Literal["company", "individual"] | None
    account_type: Literal["checking", "savings"] | None
    bank_name: str | None
    financial_connections_account: str | None
    fingerprint: str | None
    last4: str | None
    networks: UsBankAccountNetworks | None
    routing_number: str | None
    status_details: UsBankAccountStatusDetails | None

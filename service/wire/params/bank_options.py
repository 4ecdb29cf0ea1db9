"""`payment_method_options` of the bank debits: which mandate, and how the account is verified."""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta

from service.wire.bad_param import BadParam, child
from service.wire.hashes import Clearable, Hash, Maybe, ReturnUrl, WebUrl
from service.wire.params.option_rules import check_described, check_reference_prefix

# Schedules that have to be told in words.
_DESCRIBED: Final = frozenset({"combined", "interval"})


class AcssDebitMandateOptions(Hash, frozen=True, kw_only=True):
    custom_mandate_url: Maybe[Clearable[WebUrl]] = UNSET
    default_for: Maybe[tuple[Literal["invoice", "subscription"], ...]] = UNSET
    interval_description: Maybe[Annotated[str, Meta(min_length=1, max_length=500)]] = UNSET
    payment_schedule: Maybe[Literal["combined", "interval", "sporadic"]] = UNSET
    transaction_type: Maybe[Literal["business", "personal"]] = UNSET

    def check(self, name: str) -> None:
        check_described(self.payment_schedule, self.interval_description, name, _DESCRIBED)


class AcssDebitOptions(Hash, frozen=True, kw_only=True):
    currency: Maybe[Literal["cad", "usd"]] = UNSET
    mandate_options: Maybe[AcssDebitMandateOptions] = UNSET
    verification_method: Maybe[Literal["automatic", "instant", "microdeposits"]] = UNSET


class BacsDebitMandateOptions(Hash, frozen=True, kw_only=True):
    reference_prefix: Maybe[Annotated[str, Meta(max_length=12)]] = UNSET

    def check(self, name: str) -> None:
        prefix = child(name, "reference_prefix")
        check_reference_prefix(self.reference_prefix, prefix, ("DDIC", "STRIPE"))


class BacsDebitOptions(Hash, frozen=True, kw_only=True):
    mandate_options: Maybe[BacsDebitMandateOptions] = UNSET


class SepaDebitMandateOptions(Hash, frozen=True, kw_only=True):
    reference_prefix: Maybe[Annotated[str, Meta(max_length=12)]] = UNSET

    def check(self, name: str) -> None:
        prefix = child(name, "reference_prefix")
        check_reference_prefix(self.reference_prefix, prefix, ("STRIPE",))


class SepaDebitOptions(Hash, frozen=True, kw_only=True):
    mandate_options: Maybe[SepaDebitMandateOptions] = UNSET


class AccountFilters(Hash, frozen=True, kw_only=True):
    account_subcategories: Maybe[tuple[Literal["checking", "savings"], ...]] = UNSET


class FinancialConnections(Hash, frozen=True, kw_only=True):
    filters: Maybe[AccountFilters] = UNSET
    permissions: Maybe[
        tuple[Literal["balances", "ownership", "payment_method", "transactions"], ...]
    ] = UNSET
    prefetch: Maybe[tuple[Literal["balances", "ownership", "transactions"], ...]] = UNSET
    return_url: Maybe[ReturnUrl] = UNSET

    def check(self, name: str) -> None:
        if self.permissions is not UNSET and "payment_method" not in self.permissions:
            raise BadParam(
                f"'{child(name, 'permissions')}' has to have payment_method among them.",
                param=child(name, "permissions"),
            )


class UsBankAccountMandateOptions(Hash, frozen=True, kw_only=True):
    collection_method: Maybe[Literal["", "paper"]] = UNSET


class BankNetworks(Hash, frozen=True, kw_only=True):
    requested: Maybe[tuple[Literal["ach", "us_domestic_wire"], ...]] = UNSET


class UsBankAccountOptions(Hash, frozen=True, kw_only=True):
    financial_connections: Maybe[FinancialConnections] = UNSET
    mandate_options: Maybe[UsBankAccountMandateOptions] = UNSET
    networks: Maybe[BankNetworks] = UNSET
    verification_method: Maybe[Literal["automatic", "instant", "microdeposits"]] = UNSET

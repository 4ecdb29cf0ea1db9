"""What the operations on tokens take."""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta

from service.wire import bad_param
from service.wire.bad_param import child
from service.wire.hashes import ClearableText, Hash, Ignored, Maybe, Text
from service.wire.params.browser import Browser
from service.wire.params.card_data import CardNetworks
from service.wire.params.enumerations import Currency
from service.wire.params.lists import Expandable
from service.wire.params.token_accounts import check_numbers, scheme_of


class TokenCardData(Hash, frozen=True, kw_only=True):
    """A card's number with its expiry, and its holder, told in flat lines."""

    address_city: Maybe[ClearableText] = UNSET
    address_country: Maybe[ClearableText] = UNSET
    address_line1: Maybe[ClearableText] = UNSET
    address_line2: Maybe[ClearableText] = UNSET
    address_state: Maybe[ClearableText] = UNSET
    address_zip: Maybe[ClearableText] = UNSET
    currency: Maybe[Currency] = UNSET
    cvc: Maybe[Annotated[str, Meta(min_length=1, max_length=10)]] = UNSET
    exp_month: int
    exp_year: int
    name: Maybe[ClearableText] = UNSET
    networks: Maybe[CardNetworks] = UNSET
    number: Annotated[str, Meta(min_length=1, max_length=40)]


class TokenBankAccountData(Hash, frozen=True, kw_only=True):
    """A bank account. Where accounts have IBANs, that is its *account_number*, and all of it."""

    account_holder_name: Maybe[ClearableText] = UNSET
    account_holder_type: Maybe[Literal["company", "individual"]] = UNSET
    account_number: Text
    account_type: Maybe[Literal["checking", "savings"]] = UNSET
    country: Text
    currency: Maybe[Currency] = UNSET
    routing_number: Maybe[Text] = UNSET

    def check(self, name: str) -> None:
        currency = scheme_of(self.country, name).currency
        if self.currency is not UNSET and self.currency != currency:
            raise bad_param.not_one_of(child(name, "currency"), self.currency, (currency,))
        check_numbers(self.country, self.account_number, self.routing_number or "", name)


_INSTRUMENTS: Final = ("bank_account", "card")


class TokenCreateParams(Browser, frozen=True, kw_only=True):
    """One instrument to name."""

    bank_account: Maybe[TokenBankAccountData] = UNSET
    card: Maybe[TokenCardData] = UNSET
    expand: tuple[Text, ...] = ()
    # As in `BrowserCall`: a Struct cannot inherit from two.
    expected_payment_method_type: Ignored = UNSET
    radar_options: Ignored = UNSET

    def check(self, name: str) -> None:  # noqa: ARG002 (It always stands at the top.)
        if self.card is UNSET and self.bank_account is UNSET:
            raise bad_param.missing("card")
        if self.card is not UNSET and self.bank_account is not UNSET:
            raise bad_param.exclusive(*_INSTRUMENTS)


class TokenRetrieveParams(Expandable, frozen=True, kw_only=True):
    pass

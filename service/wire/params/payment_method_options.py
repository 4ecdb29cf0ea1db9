"""
`payment_method_options`: how each payment method type is to be set up.

The same tree stands in create, update and confirm. One field per type; what is an empty
hash takes nothing yet.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta

from service.wire import bad_param
from service.wire.bad_param import child
from service.wire.hashes import (
    Amount,
    Clearable,
    ClearableText,
    Empty,
    Hash,
    Maybe,
    Text,
    Timestamp,
)
from service.wire.params.bank_options import (
    AcssDebitOptions,
    BacsDebitOptions,
    SepaDebitOptions,
    UsBankAccountOptions,
)
from service.wire.params.card_options import CardOptions
from service.wire.params.enumerations import Currency, KlarnaLocale
from service.wire.params.option_rules import check_amount, check_date, check_dates

Count: TypeAlias = Annotated[int, Meta(ge=1, le=365)]


class BlikMandateOptions(Hash, frozen=True, kw_only=True):
    expires_at: Maybe[Timestamp] = UNSET


class BlikOptions(Hash, frozen=True, kw_only=True):
    """*code* is what the customer's app shows for two minutes."""

    code: Maybe[Annotated[str, Meta(min_length=6, max_length=6, pattern="^[0-9]{6}$")]] = UNSET
    mandate_options: Maybe[BlikMandateOptions] = UNSET


class KlarnaOnDemand(Hash, frozen=True, kw_only=True):
    average_amount: Maybe[Amount] = UNSET
    maximum_amount: Maybe[Amount] = UNSET
    minimum_amount: Maybe[Amount] = UNSET
    purchase_interval: Maybe[Literal["day", "month", "week", "year"]] = UNSET
    purchase_interval_count: Maybe[Count] = UNSET


class KlarnaNextBilling(Hash, frozen=True, kw_only=True):
    amount: Amount
    date: Text

    def check(self, name: str) -> None:
        check_date(self.date, child(name, "date"))


class KlarnaSubscription(Hash, frozen=True, kw_only=True):
    interval: Literal["day", "month", "week", "year"]
    interval_count: Maybe[Count] = UNSET
    name: Maybe[Annotated[str, Meta(min_length=1, max_length=255)]] = UNSET
    next_billing: KlarnaNextBilling
    reference: Annotated[str, Meta(min_length=1, max_length=255)]


class KlarnaOptions(Hash, frozen=True, kw_only=True):
    currency: Maybe[Currency] = UNSET
    on_demand: Maybe[KlarnaOnDemand] = UNSET
    preferred_locale: Maybe[KlarnaLocale] = UNSET
    subscriptions: Maybe[Clearable[tuple[KlarnaSubscription, ...]]] = UNSET


class LinkOptions(Hash, frozen=True, kw_only=True):
    persistent_token: Maybe[Text] = UNSET


class PaypalOptions(Hash, frozen=True, kw_only=True):
    billing_agreement_id: Maybe[Text] = UNSET


class PaytoMandateOptions(Hash, frozen=True, kw_only=True):
    amount: Maybe[Clearable[Amount]] = UNSET
    amount_type: Maybe[Literal["", "fixed", "maximum"]] = UNSET
    end_date: Maybe[ClearableText] = UNSET
    payment_schedule: Maybe[
        Literal[
            "",
            "adhoc",
            "annual",
            "daily",
            "fortnightly",
            "monthly",
            "quarterly",
            "semi_annual",
            "weekly",
        ]
    ] = UNSET
    payments_per_period: Maybe[Clearable[Count]] = UNSET
    purpose: Maybe[
        Literal[
            "",
            "dependant_support",
            "government",
            "loan",
            "mortgage",
            "other",
            "pension",
            "personal",
            "retail",
            "salary",
            "tax",
            "utility",
        ]
    ] = UNSET
    start_date: Maybe[ClearableText] = UNSET

    def check(self, name: str) -> None:
        check_dates(self, name)
        check_amount(self, name)


class PaytoOptions(Hash, frozen=True, kw_only=True):
    mandate_options: Maybe[PaytoMandateOptions] = UNSET


class PixMandateOptions(Hash, frozen=True, kw_only=True):
    amount: Maybe[Amount] = UNSET
    amount_includes_iof: Maybe[Literal["always", "never"]] = UNSET
    amount_type: Maybe[Literal["fixed", "maximum"]] = UNSET
    currency: Maybe[Currency] = UNSET
    end_date: Maybe[Text] = UNSET
    payment_schedule: Maybe[Literal["halfyearly", "monthly", "quarterly", "weekly", "yearly"]] = (
        UNSET
    )
    reference: Maybe[Annotated[str, Meta(min_length=1, max_length=35)]] = UNSET
    start_date: Maybe[Text] = UNSET

    def check(self, name: str) -> None:
        if self.currency is not UNSET and self.currency != "brl":
            raise bad_param.not_one_of(child(name, "currency"), self.currency, ("brl",))
        check_dates(self, name)
        check_amount(self, name)


class PixOptions(Hash, frozen=True, kw_only=True):
    mandate_options: Maybe[PixMandateOptions] = UNSET


class UpiMandateOptions(Hash, frozen=True, kw_only=True):
    amount: Maybe[Amount] = UNSET
    amount_type: Maybe[Literal["fixed", "maximum"]] = UNSET
    description: Maybe[Annotated[str, Meta(min_length=1, max_length=20)]] = UNSET
    end_date: Maybe[Timestamp] = UNSET


class UpiOptions(Hash, frozen=True, kw_only=True):
    mandate_options: Maybe[UpiMandateOptions] = UNSET
    setup_future_usage: Maybe[Literal["", "none", "off_session", "on_session"]] = UNSET


class PaymentMethodOptions(Hash, frozen=True, kw_only=True):
    acss_debit: Maybe[AcssDebitOptions] = UNSET
    amazon_pay: Maybe[Empty] = UNSET
    bacs_debit: Maybe[BacsDebitOptions] = UNSET
    bizum: Maybe[Empty] = UNSET
    blik: Maybe[BlikOptions] = UNSET
    card: Maybe[CardOptions] = UNSET
    card_present: Maybe[Empty] = UNSET
    klarna: Maybe[KlarnaOptions] = UNSET
    link: Maybe[LinkOptions] = UNSET
    paypal: Maybe[PaypalOptions] = UNSET
    payto: Maybe[PaytoOptions] = UNSET
    pix: Maybe[PixOptions] = UNSET
    sepa_debit: Maybe[SepaDebitOptions] = UNSET
    upi: Maybe[UpiOptions] = UNSET
    us_bank_account: Maybe[UsBankAccountOptions] = UNSET

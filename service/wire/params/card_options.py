"""`payment_method_options[card]`: how to set a card up, and what is known of its 3-D Secure."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta

from service.wire.hashes import Amount, Hash, Maybe, Text, Timestamp
from service.wire.params.enumerations import CardNetwork, Currency
from service.wire.params.option_rules import check_interval, check_order


class CardMandateOptions(Hash, frozen=True, kw_only=True):
    amount: Amount
    amount_type: Literal["fixed", "maximum"]
    currency: Currency
    description: Maybe[Annotated[str, Meta(min_length=1, max_length=200)]] = UNSET
    end_date: Maybe[Timestamp] = UNSET
    interval: Literal["day", "month", "sporadic", "week", "year"]
    interval_count: Maybe[Annotated[int, Meta(ge=1, le=365)]] = UNSET
    reference: Annotated[str, Meta(min_length=1, max_length=80)]
    start_date: Timestamp
    supported_types: Maybe[tuple[Literal["india"], ...]] = UNSET

    def check(self, name: str) -> None:
        check_interval(self.interval, self.interval_count, name)
        check_order(self.start_date, self.end_date, name)


class CartesBancairesOptions(Hash, frozen=True, kw_only=True):
    cb_avalgo: Literal["0", "1", "2", "3", "4", "A"]
    cb_exemption: Maybe[Annotated[str, Meta(min_length=1, max_length=4)]] = UNSET
    cb_score: Maybe[int] = UNSET


class NetworkOptions(Hash, frozen=True, kw_only=True):
    cartes_bancaires: Maybe[CartesBancairesOptions] = UNSET


class ThreeDSecureOptions(Hash, frozen=True, kw_only=True):
    ares_trans_status: Maybe[Literal["A", "C", "I", "N", "R", "U", "Y"]] = UNSET
    cryptogram: Maybe[Text] = UNSET
    electronic_commerce_indicator: Maybe[Literal["01", "02", "05", "06", "07"]] = UNSET
    network_options: Maybe[NetworkOptions] = UNSET
    requestor_challenge_indicator: Maybe[Annotated[str, Meta(min_length=1, max_length=2)]] = UNSET
    transaction_id: Maybe[Text] = UNSET
    version: Maybe[Literal["1.0.2", "2.1.0", "2.2.0", "2.3.0", "2.3.1"]] = UNSET


class CardOptions(Hash, frozen=True, kw_only=True):
    mandate_options: Maybe[CardMandateOptions] = UNSET
    moto: Maybe[bool] = UNSET
    network: Maybe[CardNetwork] = UNSET
    request_three_d_secure: Maybe[Literal["any", "automatic", "challenge"]] = UNSET
    setup_credential_usage: Maybe[Literal["installment", "recurring", "unscheduled"]] = UNSET
    three_d_secure: Maybe[ThreeDSecureOptions] = UNSET

"""`mandate_data`: that a customer agreed to be charged later, and how."""

from typing import Literal

from msgspec import UNSET

from service.wire import bad_param
from service.wire.bad_param import child
from service.wire.hashes import Empty, Hash, Maybe, Text, Timestamp


class OnlineAcceptance(Hash, frozen=True, kw_only=True):
    ip_address: Text
    user_agent: Text


class CustomerAcceptance(Hash, frozen=True, kw_only=True):
    accepted_at: Maybe[Timestamp] = UNSET
    offline: Maybe[Empty] = UNSET
    online: Maybe[OnlineAcceptance] = UNSET
    type: Literal["offline", "online"]

    def check(self, name: str) -> None:
        if self.type == "online" and self.online is UNSET:
            raise bad_param.missing(child(name, "online"))


class MandateData(Hash, frozen=True, kw_only=True):
    customer_acceptance: CustomerAcceptance


class BrowserOnlineAcceptance(Hash, frozen=True, kw_only=True):
    """As `OnlineAcceptance`, but what is left out is read off the customer's own request."""

    infer_from_client: Maybe[bool] = UNSET
    ip_address: Maybe[Text] = UNSET
    user_agent: Maybe[Text] = UNSET


class BrowserAcceptance(Hash, frozen=True, kw_only=True):
    accepted_at: Maybe[Timestamp] = UNSET
    online: BrowserOnlineAcceptance
    type: Literal["online"]


class BrowserMandateData(Hash, frozen=True, kw_only=True):
    """What a page may say with a publishable key: only that the customer agreed right there."""

    customer_acceptance: BrowserAcceptance

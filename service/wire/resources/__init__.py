"""
What each answer looks like: every key, in order, and which of them may be null or absent.

Views are plain dicts, made by the projections. The Structs here are their measure: tests hold
every view against `conform`, and `expand` learns from them what may be expanded.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

from msgspec import UNSET, convert

from service.wire.resources.account import Account, Application
from service.wire.resources.confirmation_token import ConfirmationToken
from service.wire.resources.customer import (
    CashBalance,
    Customer,
    DeletedCustomer,
    ForgottenCustomer,
)
from service.wire.resources.customer_taxes import TaxId
from service.wire.resources.delivery import Delivery, DeliveryAttempt, Replay
from service.wire.resources.endpoint import Endpoint
from service.wire.resources.error import ErrorBody
from service.wire.resources.event import Event
from service.wire.resources.history_entry import HistoryEntry
from service.wire.resources.log_entry import LogEntry
from service.wire.resources.mandate import Mandate
from service.wire.resources.payment_method import PaymentMethod
from service.wire.resources.payment_method_configuration import PaymentMethodConfiguration
from service.wire.resources.setup_attempt import SetupAttempt
from service.wire.resources.setup_intent import SetupIntent
from service.wire.resources.shape import Json, Maybe, Resource
from service.wire.resources.streaming import Announcement, Heartbeat, Listener
from service.wire.resources.token import Token, TokenBankAccount, TokenCard
from service.wire.resources.webhook_endpoint import DeletedWebhookEndpoint, WebhookEndpoint


class ObjectList(Resource, frozen=True, kw_only=True):
    """A page of a list. *url* is the list's path, without its query."""

    object: Literal["list"]
    data: list[Json]
    has_more: bool
    url: str


class SearchResult(Resource, frozen=True, kw_only=True):
    """A page of what was found. *total_count* is there where it was asked for."""

    object: Literal["search_result"]
    data: list[Json]
    has_more: bool
    next_page: str | None
    total_count: Maybe[int] = UNSET
    url: str


RESOURCES: Final[Mapping[str, type[Resource]]] = {
    "account": Account,
    "announcement": Announcement,
    "application": Application,
    "bank_account": TokenBankAccount,
    "card": TokenCard,
    "cash_balance": CashBalance,
    "confirmation_token": ConfirmationToken,
    "customer": Customer,
    "delivery": Delivery,
    "delivery_attempt": DeliveryAttempt,
    "endpoint": Endpoint,
    "event": Event,
    "forgotten_customer": ForgottenCustomer,
    "heartbeat": Heartbeat,
    "history_entry": HistoryEntry,
    "list": ObjectList,
    "listener": Listener,
    "log_entry": LogEntry,
    "mandate": Mandate,
    "payment_method": PaymentMethod,
    "payment_method_configuration": PaymentMethodConfiguration,
    "replay": Replay,
    "search_result": SearchResult,
    "setup_attempt": SetupAttempt,
    "setup_intent": SetupIntent,
    "tax_id": TaxId,
    "token": Token,
    "webhook_endpoint": WebhookEndpoint,
}
DELETED: Final[Mapping[str, type[Resource]]] = {
    "customer": DeletedCustomer,
    "webhook_endpoint": DeletedWebhookEndpoint,
}


def conform(body: Mapping[str, Any]) -> Resource:
    """
    Return a whole answer as the Struct that declares it.

    Raise `msgspec.ValidationError` where a key is unknown, missing or of another type, and
    `KeyError` where nothing declares such an object.
    """
    if "error" in body:
        return convert(body, ErrorBody)
    declared = DELETED if body.get("deleted") is True else RESOURCES
    return convert(body, declared[str(body["object"])])

"""Stored events of every kind, for whatever folds them."""

from collections.abc import Mapping
from typing import Any, Final

from projections.announcement import announce_step
from projections.fold import steps
from projections.view import View
from service.domain import events as e
from service.domain.instrument import Instrument
from service.domain.recorded import Recorded
from service.domain.values import SYSTEM, Actor, Status, fields

SETI: Final = "seti_0Uq1eC4I000aaaaaaaaaaaaa"
PM: Final = "pm_0Uq1eC4I001bbbbbbbbbbbbb"
CUS: Final = "cus_0Uq1eC4I002cccccccccccccc"
WE: Final = "we_0Uq1eC4I003dddddddddddddd"
MANDATE: Final = "mandate_0Uq1eC4I005fffffffffffff"
ACCT: Final = "acct_0Uq1eC4I004eeeeeeeeeeeee"
AT: Final = 1_790_000_000
TOK: Final = "tok_0Uq1eC4I005fffffffffffff"
CTOKEN: Final = "ctoken_0Uq1eC4I006gggggggggggg"
PMC: Final = "pmc_0Uq1eC4I007hhhhhhhhhhhhh"
CARD: Final[Mapping[str, Any]] = {"brand": "visa", "last4": "4242"}
DETAILS: Final[Mapping[str, Any]] = {"card": CARD, "type": "card"}
BILLING: Final[Mapping[str, Any]] = {
    "address": {"city": None, "country": None, "line1": None},
    "email": "jenny@example.com",
    "name": None,
    "phone": None,
    "tax_id": None,
}
INSTRUMENT: Final = Instrument(type="card", details=CARD, scenario="visa", billing_details=BILLING)

INTENT_CREATED: Final = e.SetupIntentCreated(
    setup_intent_id=SETI,
    at=AT,
    account=ACCT,
    livemode=False,
    status=Status.REQUIRES_PAYMENT_METHOD,
    usage="off_session",
    payment_method_types=("card",),
)
INTENT_UPDATED: Final = e.SetupIntentUpdated(
    setup_intent_id=SETI,
    at=AT + 1,
    status=Status.REQUIRES_PAYMENT_METHOD,
    changed={"description": "A spare card", "metadata": {"order": "7"}},
)
ATTEMPT_STARTED: Final = e.SetupAttemptStarted(
    setup_intent_id=SETI,
    at=AT + 2,
    attempt="setatt_1",
    number=1,
    payment_method=PM,
    payment_method_details=DETAILS,
    payment_method_options={},
)
ACTION_REQUIRED: Final = e.SetupIntentActionRequired(
    setup_intent_id=SETI,
    at=AT + 2,
    attempt="setatt_1",
    action="redirect_to_url",
    return_url="https://shop.example/back",
)
PROCESSING: Final = e.SetupIntentProcessing(
    setup_intent_id=SETI, at=AT + 2, attempt="setatt_1", payment_method_details=DETAILS
)
MANDATE_MADE: Final = e.SetupMandateMade(
    setup_intent_id=SETI, at=AT + 2, attempt="setatt_1", mandate=MANDATE, single_use=False
)
VERIFICATION_FAILED: Final = e.SetupVerificationFailed(
    setup_intent_id=SETI, at=AT + 2, attempt="setatt_1", tries=1, error={"message": "No."}
)
SUCCEEDED: Final = e.SetupIntentSucceeded(
    setup_intent_id=SETI,
    at=AT + 3,
    attempt="setatt_1",
    payment_method=PM,
    payment_method_details=DETAILS,
)
SETUP_FAILED: Final = e.SetupIntentSetupFailed(
    setup_intent_id=SETI,
    at=AT + 3,
    attempt="setatt_1",
    error={"type": "card_error", "code": "card_declined", "message": "No.", "param": None},
    payment_method_snapshot={"id": PM, "object": "payment_method", "customer": None},
    payment_method_details=DETAILS,
)
CANCELED: Final = e.SetupIntentCanceled(setup_intent_id=SETI, at=AT + 4, reason="abandoned")

METHOD_CREATED: Final = e.PaymentMethodCreated(
    payment_method_id=PM,
    at=AT,
    account=ACCT,
    livemode=False,
    type="card",
    details=CARD,
    scenario="visa",
    billing_details=BILLING,
)
METHOD_UPDATED: Final = e.PaymentMethodUpdated(
    payment_method_id=PM,
    at=AT + 1,
    changed={"billing_details": {**BILLING, "name": "Jenny"}, "metadata": {"a": "1"}},
)
METHOD_CHECKED: Final = e.PaymentMethodChecked(
    payment_method_id=PM, at=AT + 1, setup_intent=SETI, details={**CARD, "checks": {}}
)
ATTACHED: Final = e.PaymentMethodAttached(
    payment_method_id=PM, at=AT + 2, customer=CUS, details=CARD
)
DETACHED: Final = e.PaymentMethodDetached(payment_method_id=PM, at=AT + 3, customer=CUS)

ACCOUNT_CREATED: Final = e.AccountCreated(account_id=ACCT, at=AT)
ACCOUNT_UPDATED: Final = e.AccountUpdated(account_id=ACCT, at=AT + 1, changed={"name": "Rocket"})

CUSTOMER_CREATED: Final = e.CustomerCreated(
    customer_id=CUS,
    at=AT,
    account=ACCT,
    livemode=False,
    attributes={"email": "jenny@example.com", "invoice_prefix": "ABCD1234"},
)
CUSTOMER_UPDATED: Final = e.CustomerUpdated(
    customer_id=CUS, at=AT + 1, changed={"name": "Jenny", "metadata": {"tier": "gold"}}
)
METHOD_ADDED: Final = e.CustomerPaymentMethodAdded(customer_id=CUS, at=AT + 2, payment_method=PM)
METHOD_REMOVED: Final = e.CustomerPaymentMethodRemoved(
    customer_id=CUS, at=AT + 3, payment_method=PM
)
TAX_ID_ADDED: Final = e.CustomerTaxIdAdded(
    customer_id=CUS, at=AT, tax_id="txi_1", type="eu_vat", value="DE123456789"
)
CUSTOMER_DELETED: Final = e.CustomerDeleted(customer_id=CUS, at=AT + 4)

ENDPOINT_CREATED: Final = e.EndpointCreated(
    endpoint_id=WE,
    at=AT,
    account=ACCT,
    livemode=False,
    url="https://shop.example/hook",
    enabled_events=("*",),
)
ENDPOINT_UPDATED: Final = e.EndpointUpdated(
    endpoint_id=WE, at=AT + 1, changed={"status": "disabled", "enabled_events": ("customer.*",)}
)
ENDPOINT_DISABLED: Final = e.EndpointDisabled(
    endpoint_id=WE, at=AT + 300_000, reason="failing", since=AT + 1
)
SECRET_ROLLED: Final = e.EndpointSecretRolled(
    endpoint_id=WE, at=AT + 1, generation=1, expires_at=AT + 61
)
ENDPOINT_PINGED: Final = e.EndpointPinged(endpoint_id=WE, at=AT + 1)
ENDPOINT_DELETED: Final = e.EndpointDeleted(endpoint_id=WE, at=AT + 2)

CARD_TOKEN_CREATED: Final = e.TokenCreated(
    token_id=TOK,
    at=AT,
    account=ACCT,
    livemode=False,
    type="card",
    source="card_1",
    instrument=INSTRUMENT,
    holder={"address_zip": "94105", "name": "Jenny"},
    client_ip="203.0.113.7",
)
TOKEN_USED: Final = e.TokenUsed(token_id=TOK, at=AT + 1, used_by=PM)

CONFIRMATION_CREATED: Final = e.ConfirmationTokenCreated(
    confirmation_token_id=CTOKEN,
    at=AT,
    account=ACCT,
    livemode=False,
    instrument=INSTRUMENT,
    payment_method=PM,
    customer=CUS,
    payment_method_options={"card": {"cvc_token": None}},
    return_url="https://shop.example/back",
    setup_future_usage="off_session",
    shipping={"address": BILLING["address"], "name": "Jenny", "phone": None},
    mandate_data={
        "customer_acceptance": {
            "online": {"ip_address": "203.0.113.7", "user_agent": "Mozilla/5.0"},
            "type": "online",
        }
    },
)
CONFIRMATION_USED: Final = e.ConfirmationTokenUsed(
    confirmation_token_id=CTOKEN, at=AT + 1, setup_intent=SETI
)

CONFIGURATION_CREATED: Final = e.ConfigurationCreated(
    configuration_id=PMC,
    at=AT,
    account=ACCT,
    livemode=False,
    name="Shop",
    preferences={"link": "off"},
)
CONFIGURATION_UPDATED: Final = e.ConfigurationUpdated(
    configuration_id=PMC, at=AT + 1, changed={"active": False, "preferences": {"link": "on"}}
)

CALLED: Final = Actor(request="req_1", idempotency_key="key-1")


def recorded(*events: e.Event, position: int = 1, actor: Actor = SYSTEM) -> list[Recorded]:
    """Return *events* of one stream as the log holds them, from version 1 and *position*."""
    return [
        Recorded(
            stream_of(event), version, position + version - 1, type(event).__name__, event, actor
        )
        for version, event in enumerate(events, 1)
    ]


def announced(history: list[Recorded], **told: Any) -> View | None:
    """Return what the last event of *history* announces, *told* so, or None if it is no news."""
    *_, (before, last, after) = steps(history)
    return announce_step(before, last, after, **told)


def stream_of(event: e.Event) -> str:
    """Return the stream that *event* belongs to."""
    return str(getattr(event, fields(type(event))[0].name))

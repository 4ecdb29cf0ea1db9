"""Every view, at every step of its history, is what its resource declares."""

from collections.abc import Iterable
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from projections.fold import show
from projections.setup_attempt import attempts
from service.domain import events as e
from service.domain.attempt_details import attempt_details
from service.domain.values import MandateStatus, Owner
from service.gateways.port import Published
from service.gateways.simulator import Simulator
from service.keyring import Keyring
from service.reveal import Reveal
from tests import agreements as m
from tests import histories as a
from tests.shapes import assert_shaped

BILLING = {
    "address": {
        "city": None,
        "country": None,
        "line1": None,
        "line2": None,
        "postal_code": None,
        "state": None,
    },
    "email": "jenny@example.com",
    "name": None,
    "phone": None,
    "tax_id": None,
}
CARD = (
    Simulator(fingerprint=lambda _account, _number: "fingerprint")
    .tokenize(
        Published("pm_card_visa"), owner=Owner(a.ACCT, False), billing_details=BILLING, at=a.AT
    )
    .details
)
DETAILS = attempt_details("card", CARD)
ATTEMPT = f"setatt_{a.SETI.removeprefix('seti_')}1"
METHOD = replace(a.METHOD_CREATED, details=CARD, billing_details=BILLING)

CREATED = replace(
    a.INTENT_CREATED,
    automatic_payment_methods={"allow_redirects": "always", "enabled": True},
    payment_method_configuration="pmc_1",
    flow_directions=("inbound",),
    attach_to_self=True,
    payment_method_options={"card": {"request_three_d_secure": "any"}},
)
STARTED = replace(a.ATTEMPT_STARTED, attempt=ATTEMPT, payment_method_details=DETAILS)
WAITING = replace(a.ACTION_REQUIRED, attempt=ATTEMPT)
SUCCEEDED = replace(a.SUCCEEDED, attempt=ATTEMPT, payment_method_details=DETAILS)
FAILED = replace(a.SETUP_FAILED, attempt=ATTEMPT, payment_method_details=DETAILS)
SHIPPING = {"address": BILLING["address"], "name": "Jenny", "phone": None}
INSTRUMENT = replace(a.INSTRUMENT, details=CARD, billing_details=BILLING)
BANK_ACCOUNT = {
    "account_type": "checking",
    "bank_name": "STRIPE TEST BANK",
    "fingerprint": "fingerprint",
    "last4": "6789",
    "routing_number": "110000000",
}
HOLDER = {
    "account_holder_name": None,
    "account_holder_type": None,
    "country": "US",
    "currency": "usd",
}

MADE = replace(a.MANDATE_MADE, attempt=ATTEMPT)
VERIFIABLE = replace(
    WAITING,
    action="verify_with_microdeposits",
    shown={"arrival_date": a.AT, "microdeposit_type": "amounts"},
    expires_at=a.AT + 10,
)
MISTAKEN = replace(a.VERIFICATION_FAILED, attempt=ATTEMPT)
PROCESSING = replace(a.PROCESSING, attempt=ATTEMPT, payment_method_details=DETAILS)

INTENTS: list[list[e.SetupIntentEvent]] = [
    [CREATED, a.INTENT_UPDATED, STARTED, WAITING, SUCCEEDED],
    [CREATED, STARTED, replace(WAITING, action="use_stripe_sdk"), FAILED],
    [a.INTENT_CREATED, a.CANCELED],
    [CREATED, STARTED, MADE, VERIFIABLE, MISTAKEN, PROCESSING, SUCCEEDED],
]
OTHERS: list[list[e.Event]] = [
    [m.created(status=MandateStatus.PENDING), m.updated(MandateStatus.ACTIVE)],
    [m.created(single_use=m.SINGLE_USE, on_behalf_of=a.ACCT), m.updated(MandateStatus.INACTIVE)],
    [METHOD, replace(a.ATTACHED, details=CARD), a.DETACHED],
    [a.CUSTOMER_CREATED, a.CUSTOMER_UPDATED, a.METHOD_ADDED, a.METHOD_REMOVED, a.CUSTOMER_DELETED],
    [a.CUSTOMER_CREATED, a.TAX_ID_ADDED],
    [a.ENDPOINT_CREATED, a.ENDPOINT_UPDATED, a.ENDPOINT_DELETED],
    [replace(a.CARD_TOKEN_CREATED, instrument=INSTRUMENT), a.TOKEN_USED],
    [a.CONFIGURATION_CREATED, a.CONFIGURATION_UPDATED],
    [
        replace(a.CONFIRMATION_CREATED, instrument=INSTRUMENT, shipping=SHIPPING),
        a.CONFIRMATION_USED,
    ],
    [replace(a.CONFIRMATION_CREATED, instrument=None, payment_method_options=None, shipping=None)],
    [
        replace(
            a.CARD_TOKEN_CREATED,
            type="bank_account",
            instrument=replace(INSTRUMENT, type="us_bank_account", details=BANK_ACCOUNT),
            holder=HOLDER,
        )
    ],
]

reveal = Reveal(Keyring(b"k" * 32), "https://seti.example")


def sent(view: Any) -> Any:
    """Return *view* as it leaves the house, with its secrets in place."""
    return msgspec.json.decode(reveal(msgspec.json.encode(view)))


def prefixes(history: list[Any]) -> Iterable[list[Any]]:
    return (history[:length] for length in range(1, len(history) + 1))


@pytest.mark.parametrize("history", [*INTENTS, *OTHERS])
def test_views_conform(history: list[e.Event]) -> None:
    """What is shown after each event has every key, in order, and of its type."""
    for events in prefixes(history):
        shown = show(a.recorded(*events))
        assert shown is not None
        assert_shaped(sent(shown.view))


@pytest.mark.parametrize("history", INTENTS)
def test_attempts_conform(history: list[e.SetupIntentEvent]) -> None:
    """Each attempt of an intent is a setup_attempt, however it went."""
    for attempt in attempts(history):
        assert_shaped(sent(attempt))


@pytest.mark.parametrize("history", [*INTENTS, *OTHERS])
def test_announcements_conform(history: list[e.Event]) -> None:
    """What subscribers are told is an event, and its object a whole one."""
    for events in prefixes(history):
        news = a.announced(a.recorded(*events, actor=a.CALLED), api_version="2026-08-26.dahlia")
        if news is not None:
            body = sent(news)
            assert_shaped(body)
            assert_shaped(body["data"]["object"])

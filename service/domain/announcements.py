"""
Which events are news, and what subscribers call them.

One stored event announces at most one Stripe event, so a Stripe event's id is derived from
(stream, version). Silence is explicit: an event that is missing here fails a test.

Types that begin with `seti.` are our own. Nobody hears of them who has not asked for them by
their names: whoever wrote an application for Stripe's types has never seen one.
"""

from collections.abc import Container, Mapping
from typing import Final

from service.domain import events as e

ALL_TYPES: Final = "*"
OWN_PREFIX: Final = "seti."
DISABLED: Final = "seti.webhook_endpoint.disabled"
# Told to the endpoint that was pinged, whatever it is subscribed to, and to no other.
PING: Final = "seti.webhook_endpoint.ping"

ANNOUNCED_AS: Final[Mapping[type[e.Event], str | None]] = {
    e.SetupIntentCreated: "setup_intent.created",
    e.SetupIntentUpdated: None,
    e.SetupAttemptStarted: None,
    e.SetupIntentActionRequired: "setup_intent.requires_action",
    e.SetupIntentProcessing: None,
    e.SetupMandateMade: None,
    e.SetupVerificationFailed: None,
    e.SetupIntentSucceeded: "setup_intent.succeeded",
    e.SetupIntentSetupFailed: "setup_intent.setup_failed",
    e.SetupIntentCanceled: "setup_intent.canceled",
    e.PaymentMethodCreated: None,
    e.PaymentMethodUpdated: "payment_method.updated",
    e.PaymentMethodChecked: None,
    e.PaymentMethodAttached: "payment_method.attached",
    e.PaymentMethodDetached: "payment_method.detached",
    e.MandateCreated: None,
    e.MandateUpdated: "mandate.updated",
    e.CustomerCreated: "customer.created",
    e.CustomerUpdated: "customer.updated",
    e.CustomerDeleted: "customer.deleted",
    e.CustomerPaymentMethodAdded: None,
    e.CustomerPaymentMethodRemoved: None,
    e.CustomerTaxIdAdded: "customer.tax_id.created",
    e.EndpointCreated: None,
    e.EndpointUpdated: None,
    e.EndpointDisabled: DISABLED,
    e.EndpointSecretRolled: None,
    e.EndpointPinged: PING,
    e.EndpointDeleted: None,
    e.AccountCreated: None,
    e.AccountUpdated: None,
    e.ApiKeyAdded: None,
    e.ApiKeyExpiring: None,
    e.ApiKeyRevoked: None,
    e.TokenCreated: None,
    e.TokenUsed: None,
    e.ConfirmationTokenCreated: None,
    e.ConfirmationTokenUsed: None,
    e.ConfigurationCreated: None,
    e.ConfigurationUpdated: None,
    e.PersonalDataForgotten: None,
}

ANNOUNCED_TYPES: Final[frozenset[str]] = frozenset(t for t in ANNOUNCED_AS.values() if t)


def hears_of(enabled_events: Container[str], type_: str) -> bool:
    """Say whether who is subscribed to *enabled_events* hears of an event of *type_*."""
    if type_ in enabled_events:
        return True
    return ALL_TYPES in enabled_events and not type_.startswith(OWN_PREFIX)

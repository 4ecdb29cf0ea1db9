"""
What has happened: facts, each with its result.

An event is never changed and never removed. A new field always has a default; a new shape
gets an upcaster in `store.codec` and a golden line in the tests.
"""

from service.domain.events.account import (
    AccountCreated,
    AccountEvent,
    AccountUpdated,
    ApiKeyAdded,
    ApiKeyExpiring,
    ApiKeyRevoked,
)
from service.domain.events.configuration import (
    ConfigurationCreated,
    ConfigurationEvent,
    ConfigurationUpdated,
)
from service.domain.events.confirmation_token import (
    ConfirmationTokenCreated,
    ConfirmationTokenEvent,
    ConfirmationTokenUsed,
)
from service.domain.events.customer import (
    CustomerCreated,
    CustomerDeleted,
    CustomerEvent,
    CustomerPaymentMethodAdded,
    CustomerPaymentMethodRemoved,
    CustomerTaxIdAdded,
    CustomerUpdated,
)
from service.domain.events.endpoint import (
    EndpointCreated,
    EndpointDeleted,
    EndpointDisabled,
    EndpointEvent,
    EndpointPinged,
    EndpointSecretRolled,
    EndpointUpdated,
)
from service.domain.events.forgetting import PersonalDataForgotten
from service.domain.events.mandate import MandateCreated, MandateEvent, MandateUpdated
from service.domain.events.payment_method import (
    PaymentMethodAttached,
    PaymentMethodChecked,
    PaymentMethodCreated,
    PaymentMethodDetached,
    PaymentMethodEvent,
    PaymentMethodUpdated,
)
from service.domain.events.setup_intent import (
    SetupAttemptStarted,
    SetupIntentActionRequired,
    SetupIntentCanceled,
    SetupIntentCreated,
    SetupIntentEvent,
    SetupIntentProcessing,
    SetupIntentSetupFailed,
    SetupIntentSucceeded,
    SetupIntentUpdated,
    SetupMandateMade,
    SetupVerificationFailed,
)
from service.domain.events.token import TokenCreated, TokenEvent, TokenUsed

Event = (
    SetupIntentEvent
    | PaymentMethodEvent
    | CustomerEvent
    | EndpointEvent
    | AccountEvent
    | TokenEvent
    | MandateEvent
    | ConfirmationTokenEvent
    | ConfigurationEvent
)

__all__ = [
    "AccountCreated",
    "AccountEvent",
    "AccountUpdated",
    "ApiKeyAdded",
    "ApiKeyExpiring",
    "ApiKeyRevoked",
    "ConfigurationCreated",
    "ConfigurationEvent",
    "ConfigurationUpdated",
    "ConfirmationTokenCreated",
    "ConfirmationTokenEvent",
    "ConfirmationTokenUsed",
    "CustomerCreated",
    "CustomerDeleted",
    "CustomerEvent",
    "CustomerPaymentMethodAdded",
    "CustomerPaymentMethodRemoved",
    "CustomerTaxIdAdded",
    "CustomerUpdated",
    "EndpointCreated",
    "EndpointDeleted",
    "EndpointDisabled",
    "EndpointEvent",
    "EndpointPinged",
    "EndpointSecretRolled",
    "EndpointUpdated",
    "Event",
    "MandateCreated",
    "MandateEvent",
    "MandateUpdated",
    "PaymentMethodAttached",
    "PaymentMethodChecked",
    "PaymentMethodCreated",
    "PaymentMethodDetached",
    "PaymentMethodEvent",
    "PaymentMethodUpdated",
    "PersonalDataForgotten",
    "SetupAttemptStarted",
    "SetupIntentActionRequired",
    "SetupIntentCanceled",
    "SetupIntentCreated",
    "SetupIntentEvent",
    "SetupIntentProcessing",
    "SetupIntentSetupFailed",
    "SetupIntentSucceeded",
    "SetupIntentUpdated",
    "SetupMandateMade",
    "SetupVerificationFailed",
    "TokenCreated",
    "TokenEvent",
    "TokenUsed",
]

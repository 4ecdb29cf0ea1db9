"""
How a command is refused. One class for each reason a client can act on.

The sentences are built where the reason is known, and name the ids they speak of.
"""

from service.domain.errors.configuration import ConfigurationInactive, DefaultConfigurationNeeded
from service.domain.errors.endpoint import EndpointNotEnabled, TooManySecrets
from service.domain.errors.payment_method import (
    AttachedElsewhere,
    BelongsToAnotherCustomer,
    ClonedFromAnotherCustomer,
    CustomerNotNamed,
    InstrumentRefused,
    InvalidToken,
    NotAttached,
    NotTheCustomers,
    NotVerified,
    PaymentMethodUsedUp,
    TypeNotAllowed,
    TypeNotAttachable,
    TypeNotOffered,
)
from service.domain.errors.refused import (
    CardRefused,
    OwnPlatform,
    Refused,
    ResourceExists,
    ResourceMissing,
    TooManyPaymentMethods,
    TooMuchMetadata,
    UnknownKey,
)
from service.domain.errors.setup_intent import (
    AttemptNotWaiting,
    AttemptUnanswered,
    CustomerBesideSelf,
    MandateDataMissing,
    MandateInvalid,
    NotVerifiable,
    NoTypeLeft,
    PaymentMethodMissing,
    ReturnUrlMissing,
    ReturnUrlNeeded,
    SingleUseNotOffered,
    TypeNotSetUp,
    UnexpectedState,
)
from service.domain.errors.token import (
    TokenAlreadyUsed,
    TokenExpired,
    TokenOfAnotherType,
    UsageDiffers,
)

__all__ = [
    "AttachedElsewhere",
    "AttemptNotWaiting",
    "AttemptUnanswered",
    "BelongsToAnotherCustomer",
    "CardRefused",
    "ClonedFromAnotherCustomer",
    "ConfigurationInactive",
    "CustomerBesideSelf",
    "CustomerNotNamed",
    "DefaultConfigurationNeeded",
    "EndpointNotEnabled",
    "InstrumentRefused",
    "InvalidToken",
    "MandateDataMissing",
    "MandateInvalid",
    "NoTypeLeft",
    "NotAttached",
    "NotTheCustomers",
    "NotVerifiable",
    "NotVerified",
    "OwnPlatform",
    "PaymentMethodMissing",
    "PaymentMethodUsedUp",
    "Refused",
    "ResourceExists",
    "ResourceMissing",
    "ReturnUrlMissing",
    "ReturnUrlNeeded",
    "SingleUseNotOffered",
    "TokenAlreadyUsed",
    "TokenExpired",
    "TokenOfAnotherType",
    "TooManyPaymentMethods",
    "TooManySecrets",
    "TooMuchMetadata",
    "TypeNotAllowed",
    "TypeNotAttachable",
    "TypeNotOffered",
    "TypeNotSetUp",
    "UnexpectedState",
    "UnknownKey",
    "UsageDiffers",
]

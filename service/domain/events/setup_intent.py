"""What has happened to a SetupIntent. Its setup attempts live in the same stream."""

from collections.abc import Mapping

from service.domain.events.forgetting import PersonalDataForgotten
from service.domain.values import JsonObject, Status, Value, field


class SetupIntentCreated(Value, frozen=True, kw_only=True):
    """A SetupIntent came into being. No payment method has been asked for anything yet."""

    setup_intent_id: str
    at: int
    account: str
    livemode: bool
    status: Status
    usage: str
    payment_method_types: tuple[str, ...]
    customer: str | None = None
    customer_account: str | None = None
    payment_method: str | None = None
    description: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    allowed_payment_method_types: tuple[str, ...] | None = None
    excluded_payment_method_types: tuple[str, ...] | None = None
    automatic_payment_methods: JsonObject | None = None
    payment_method_configuration: str | None = None
    payment_method_options: JsonObject = field(default_factory=dict)
    flow_directions: tuple[str, ...] | None = None
    attach_to_self: bool | None = None
    on_behalf_of: str | None = None
    application: str | None = None
    single_use: JsonObject | None = None


class SetupIntentUpdated(Value, frozen=True, kw_only=True):
    """
    Some of a SetupIntent's attributes got new values.

    *changed* maps the names of `SetupIntentCreated`'s fields to their whole new values;
    metadata is already merged. *status* is the status that results.
    """

    setup_intent_id: str
    at: int
    status: Status
    changed: JsonObject


class SetupAttemptStarted(Value, frozen=True, kw_only=True):
    """
    A payment method was asked to be set up. What came of it is the next event.

    *payment_method_details* holds what the attempt shows of the payment method for ever:
    `{"type": "card", "card": {...}}`. *payment_method_options* are the intent's options
    with those of this confirmation laid over them.
    """

    setup_intent_id: str
    at: int
    attempt: str
    number: int
    payment_method: str
    payment_method_details: JsonObject
    payment_method_options: JsonObject
    customer: str | None = None
    return_url: str | None = None
    use_stripe_sdk: bool = False
    mandate_data: JsonObject | None = None


class SetupIntentActionRequired(Value, frozen=True, kw_only=True):
    """
    The attempt waits for the customer.

    *action* is the type of the `next_action`, and *shown* what that tells beside the
    addresses of pages: those are not stored, but signed and made where they are shown.
    After *expires_at* (Unix seconds) it is too late.
    """

    setup_intent_id: str
    at: int
    attempt: str
    action: str
    return_url: str | None = None
    shown: JsonObject = field(default_factory=dict)
    expires_at: int | None = None


class SetupIntentProcessing(Value, frozen=True, kw_only=True):
    """
    The attempt waits for the payment method's provider, who answers at *settles_at*.

    None where the provider never does. *payment_method_details* are the attempt's.
    """

    setup_intent_id: str
    at: int
    attempt: str
    payment_method_details: JsonObject
    settles_at: int | None = None


class SetupMandateMade(Value, frozen=True, kw_only=True):
    """The attempt came to a mandate, which the intent shows; *single_use* says as which."""

    setup_intent_id: str
    at: int
    attempt: str
    mandate: str
    single_use: bool


class SetupVerificationFailed(Value, frozen=True, kw_only=True):
    """
    The customer named microdeposits that were not made, for the *tries*-th time.

    The attempt goes on waiting. *error* is what was answered.
    """

    setup_intent_id: str
    at: int
    attempt: str
    tries: int
    error: JsonObject


class SetupIntentSucceeded(Value, frozen=True, kw_only=True):
    """
    The payment method is set up for later use.

    *payment_method_details* are the attempt's, as the processor left them.
    """

    setup_intent_id: str
    at: int
    attempt: str
    payment_method: str
    payment_method_details: JsonObject


class SetupIntentSetupFailed(Value, frozen=True, kw_only=True):
    """
    The attempt was declined, refused or too late. The intent wants another method.

    *error* is the whole `last_setup_error` as Stripe shows it, without the payment method;
    *payment_method_snapshot* is that payment method as it was shown then.
    """

    setup_intent_id: str
    at: int
    attempt: str
    error: JsonObject
    payment_method_snapshot: JsonObject
    payment_method_details: JsonObject


class SetupIntentCanceled(Value, frozen=True, kw_only=True):
    """Somebody gave the SetupIntent up. An attempt that was waiting is abandoned."""

    setup_intent_id: str
    at: int
    reason: str | None = None


SetupIntentEvent = (
    SetupIntentCreated
    | SetupIntentUpdated
    | SetupAttemptStarted
    | SetupIntentActionRequired
    | SetupIntentProcessing
    | SetupMandateMade
    | SetupVerificationFailed
    | SetupIntentSucceeded
    | SetupIntentSetupFailed
    | SetupIntentCanceled
    | PersonalDataForgotten
)

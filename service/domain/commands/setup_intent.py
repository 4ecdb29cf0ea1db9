"""What may be asked of a SetupIntent."""

from collections.abc import Mapping

from service.domain.facts import PaymentMethodFacts
from service.domain.method_types import DEFAULT_ENABLED
from service.domain.values import JsonObject, Owner, Value, field
from service.domain.verdicts import Mismatch, Verdict


class Create(Value, frozen=True, kw_only=True):
    """
    Begin. To create and confirm in one request, decide `Create` and then `Confirm`.

    *payment_method_types* is what the request named, or None: the types are then computed,
    from those *enabled* where the request does not say which it allows.
    """

    setup_intent_id: str
    at: int
    owner: Owner
    usage: str = "off_session"
    payment_method_types: tuple[str, ...] | None = None
    customer: str | None = None
    customer_account: str | None = None
    payment_method: PaymentMethodFacts | None = None
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
    enabled: tuple[str, ...] = DEFAULT_ENABLED


class Update(Value, frozen=True, kw_only=True):
    """
    Change attributes.

    *changes* maps names of `SetupIntentCreated`'s fields to new values (None unsets), but
    for two that are laid over the old ones: `metadata` as a merge patch (`""` for a key
    removes it, `""` for the whole clears it), and `payment_method_options` by type.
    *payment_method* are the facts of the method the intent will have, changed or not.
    *enabled* are the types that are on, from which a filter chooses anew.
    """

    setup_intent_id: str
    at: int
    changes: JsonObject
    payment_method: PaymentMethodFacts | None = None
    enabled: tuple[str, ...] = DEFAULT_ENABLED


class Confirm(Value, frozen=True, kw_only=True):
    """
    Start an attempt. Follow it with `Conclude` once the gateway has answered.

    *attempt* is the id that `ids.attempt_id` derives for the number `attempts + 1` of the
    intent. *payment_method* are the facts of the method named in the request or else the
    intent's own; None where there is neither. *payment_method_options* are the request's.
    *mandate* is one of the payment method's that still holds. Where a mandate is needed and
    the request says nothing, *inferred_mandate_data* tell that the customer made it in person.
    """

    setup_intent_id: str
    at: int
    attempt: str
    payment_method: PaymentMethodFacts | None = None
    payment_method_options: JsonObject = field(default_factory=dict)
    return_url: str | None = None
    use_stripe_sdk: bool = False
    mandate_data: JsonObject | None = None
    inferred_mandate_data: JsonObject | None = None
    mandate: str | None = None


class Answer(Value, frozen=True, kw_only=True):
    """
    What the gateway says of the latest *attempt*.

    *mandate* is the mandate that the attempt has come to, where it was not told of before.
    *generated* is the payment method that the setup has made beside the one that was set up.
    """

    setup_intent_id: str
    at: int
    attempt: str
    payment_method: PaymentMethodFacts
    verdict: Verdict | Mismatch
    mandate: str | None = None
    generated: str | None = None


class Conclude(Answer, frozen=True, kw_only=True):
    """Write down what the gateway answered to the attempt that was started."""


class Authenticate(Answer, frozen=True, kw_only=True):
    """Write down what came of what the customer was asked to do: it was done, or refused."""


class Verify(Answer, frozen=True, kw_only=True):
    """Write down what came of the customer's naming the microdeposits."""


class Settle(Answer, frozen=True, kw_only=True):
    """Write down what the provider answered to an attempt that was processing."""


class Expire(Answer, frozen=True, kw_only=True):
    """Write down that the customer has not done in time what was asked for."""


class Cancel(Value, frozen=True, kw_only=True):
    """Give the SetupIntent up."""

    setup_intent_id: str
    at: int
    reason: str | None = None


Answered = Conclude | Authenticate | Verify | Settle | Expire
Command = Create | Update | Confirm | Answered | Cancel

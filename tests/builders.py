"""
One example of each message about a SetupIntent, imported `as a`: `a.created(usage="on_session")`.

The other aggregates' are in `tests.neighbours`. All speak of one intent, one payment method
and one customer, at one instant.
"""

from typing import Any, Final

from msgspec.structs import replace

from service.domain import events as e
from service.domain.attempt_details import attempt_details
from service.domain.commands import setup_intent as c
from service.domain.facts import PaymentMethodFacts
from service.domain.values import Owner, Status
from service.domain.verdicts import ActionRequired, Declined, Generated, Reason, Succeeded

AT: Final = 1_790_000_000
INTENT: Final = "seti_0000000000000000000intent"
METHOD: Final = "pm_0000000000000000000method"
CUSTOMER: Final = "cus_0000000000000000customer"
ATTEMPT: Final = "setatt_0000000000000000000intent1"
SECOND_ATTEMPT: Final = "setatt_0000000000000000000intent2"
OWNER: Final = Owner("acct_00000000000000000account", livemode=False)
MANDATE: Final = "mandate_0000000000000000000mandate"
RETURN_URL: Final = "https://shop.example/back"

CARD: Final[dict[str, Any]] = {
    "brand": "visa",
    "checks": {
        "address_line1_check": None,
        "address_postal_code_check": None,
        "cvc_check": "unchecked",
    },
    "country": "US",
    "display_brand": "visa",
    "exp_month": 9,
    "exp_year": 2030,
    "fingerprint": "fingerprint",
    "funding": "credit",
    "generated_from": None,
    "last4": "4242",
    "networks": {"available": ["visa"], "preferred": None},
    "regulated_status": "unregulated",
    "three_d_secure_usage": {"supported": True},
    "wallet": None,
}
CHECKED_CARD: Final[dict[str, Any]] = {**CARD, "checks": {**CARD["checks"], "cvc_check": "pass"}}

_METHOD = PaymentMethodFacts(
    id=METHOD,
    type="card",
    details=CARD,
    scenario="visa",
    snapshot={"id": METHOD, "object": "payment_method", "card": CARD, "type": "card"},
)
REASON: Final = Reason(code="card_declined", decline_code="lost_card", message="It was declined.")
GENERATED: Final = Generated(type="sepa_debit", details={}, scenario="success")
THREE_D_SECURE: Final = {"result": "authenticated", "version": "2.2.0"}


def method(**changes: Any) -> PaymentMethodFacts:
    return replace(_METHOD, **changes)


def create(**changes: Any) -> c.Create:
    return replace(
        c.Create(setup_intent_id=INTENT, at=AT, owner=OWNER, payment_method_types=("card",)),
        **changes,
    )


def update(facts: PaymentMethodFacts | None = None, /, **changes: Any) -> c.Update:
    return c.Update(setup_intent_id=INTENT, at=AT, changes=changes, payment_method=facts)


def confirm(**changes: Any) -> c.Confirm:
    return replace(
        c.Confirm(setup_intent_id=INTENT, at=AT, attempt=ATTEMPT, payment_method=method()),
        **changes,
    )


def conclude(**changes: Any) -> c.Conclude:
    command = c.Conclude(
        setup_intent_id=INTENT,
        at=AT,
        attempt=ATTEMPT,
        payment_method=method(),
        verdict=Succeeded(details=CHECKED_CARD),
    )
    return replace(command, **changes)


def authenticate(**changes: Any) -> c.Authenticate:
    command = c.Authenticate(
        setup_intent_id=INTENT,
        at=AT,
        attempt=ATTEMPT,
        payment_method=method(),
        verdict=Succeeded(details=CHECKED_CARD, three_d_secure=THREE_D_SECURE),
    )
    return replace(command, **changes)


def answer(kind: type[c.Answered], **changes: Any) -> Any:
    """Return the command of a *kind* that answers the attempt, which succeeds."""
    command = kind(
        setup_intent_id=INTENT,
        at=AT,
        attempt=ATTEMPT,
        payment_method=method(),
        verdict=Succeeded(details=CHECKED_CARD),
    )
    return replace(command, **changes)


def cancel(**changes: Any) -> c.Cancel:
    return replace(c.Cancel(setup_intent_id=INTENT, at=AT), **changes)


def decline(**changes: Any) -> Declined:
    return replace(Declined(details=CHECKED_CARD, reason=REASON), **changes)


def challenge() -> ActionRequired:
    return ActionRequired(details=CHECKED_CARD)


def created(**changes: Any) -> e.SetupIntentCreated:
    event = e.SetupIntentCreated(
        setup_intent_id=INTENT,
        at=AT,
        account=OWNER.account,
        livemode=OWNER.livemode,
        status=Status.REQUIRES_PAYMENT_METHOD,
        usage="off_session",
        payment_method_types=("card",),
    )
    return replace(event, **changes)


def created_with_method(**changes: Any) -> e.SetupIntentCreated:
    return created(status=Status.REQUIRES_CONFIRMATION, payment_method=METHOD, **changes)


def updated(
    status: Status = Status.REQUIRES_PAYMENT_METHOD, **changed: Any
) -> e.SetupIntentUpdated:
    return e.SetupIntentUpdated(setup_intent_id=INTENT, at=AT, status=status, changed=changed)


def started(**changes: Any) -> e.SetupAttemptStarted:
    event = e.SetupAttemptStarted(
        setup_intent_id=INTENT,
        at=AT,
        attempt=ATTEMPT,
        number=1,
        payment_method=METHOD,
        payment_method_details=attempt_details("card", CARD),
        payment_method_options={},
    )
    return replace(event, **changes)


def action_required(**changes: Any) -> e.SetupIntentActionRequired:
    event = e.SetupIntentActionRequired(
        setup_intent_id=INTENT, at=AT, attempt=ATTEMPT, action="use_stripe_sdk"
    )
    return replace(event, **changes)


def processing(**changes: Any) -> e.SetupIntentProcessing:
    event = e.SetupIntentProcessing(
        setup_intent_id=INTENT,
        at=AT,
        attempt=ATTEMPT,
        payment_method_details=attempt_details("card", CARD),
    )
    return replace(event, **changes)


def mandate_made(**changes: Any) -> e.SetupMandateMade:
    event = e.SetupMandateMade(
        setup_intent_id=INTENT, at=AT, attempt=ATTEMPT, mandate=MANDATE, single_use=False
    )
    return replace(event, **changes)


def verification_failed(**changes: Any) -> e.SetupVerificationFailed:
    event = e.SetupVerificationFailed(
        setup_intent_id=INTENT, at=AT, attempt=ATTEMPT, tries=1, error=REASON.as_error()
    )
    return replace(event, **changes)


def succeeded(**changes: Any) -> e.SetupIntentSucceeded:
    event = e.SetupIntentSucceeded(
        setup_intent_id=INTENT,
        at=AT,
        attempt=ATTEMPT,
        payment_method=METHOD,
        payment_method_details=attempt_details("card", CHECKED_CARD),
    )
    return replace(event, **changes)


def failed(**changes: Any) -> e.SetupIntentSetupFailed:
    event = e.SetupIntentSetupFailed(
        setup_intent_id=INTENT,
        at=AT,
        attempt=ATTEMPT,
        error=REASON.as_error(),
        payment_method_snapshot={**_METHOD.snapshot, "card": CHECKED_CARD},
        payment_method_details=attempt_details("card", CHECKED_CARD),
    )
    return replace(event, **changes)


def canceled(**changes: Any) -> e.SetupIntentCanceled:
    return replace(e.SetupIntentCanceled(setup_intent_id=INTENT, at=AT), **changes)


UNANSWERED: Final = (created_with_method(), started())
WAITING: Final = (*UNANSWERED, action_required())
SUCCEEDED: Final = (*UNANSWERED, succeeded())
FAILED: Final = (*UNANSWERED, failed())
CANCELED: Final = (created_with_method(), canceled())

"""How an attempt to set a payment method up begins."""

from service.domain import errors
from service.domain.attempt_details import attempt_details
from service.domain.commands.setup_intent import Confirm
from service.domain.e_mandates import ACCEPTED_AT_THE_BANK, makes_e_mandate
from service.domain.events import SetupAttemptStarted
from service.domain.facts import PaymentMethodFacts
from service.domain.method_types import TYPES, MethodType
from service.domain.offered_types import may_redirect
from service.domain.patches import laid_over
from service.domain.setup_intent_state import SetupIntent
from service.domain.suitability import refuse_unsuitable
from service.domain.values import JsonObject


def started(command: Confirm, intent: SetupIntent) -> SetupAttemptStarted:
    """Return the start of an attempt. Raise `Refused` where there may be none."""
    payment_method = command.payment_method
    if payment_method is None:
        raise errors.PaymentMethodMissing
    type_ = _suitable_type(payment_method, intent)
    _refuse_without_return(command, intent, type_)
    options = laid_over(intent.payment_method_options, command.payment_method_options)
    return SetupAttemptStarted(
        setup_intent_id=intent.id,
        at=command.at,
        attempt=command.attempt,
        number=intent.attempts + 1,
        payment_method=payment_method.id,
        payment_method_details=attempt_details(
            payment_method.type, payment_method.details, options=options
        ),
        payment_method_options=options,
        customer=intent.customer,
        return_url=command.return_url,
        use_stripe_sdk=command.use_stripe_sdk,
        mandate_data=_acceptance(command, payment_method, options),
    )


def _suitable_type(payment_method: PaymentMethodFacts, intent: SetupIntent) -> MethodType:
    refuse_unsuitable(payment_method, intent.customer, intent.payment_method_types)
    return TYPES[payment_method.type]


def _refuse_without_return(command: Confirm, intent: SetupIntent, type_: MethodType) -> None:
    if command.return_url is not None or command.use_stripe_sdk:
        return
    if may_redirect(intent.automatic_payment_methods):
        raise errors.ReturnUrlMissing
    if type_.redirects:
        raise errors.ReturnUrlNeeded(type_.name)


def _acceptance(
    command: Confirm, payment_method: PaymentMethodFacts, options: JsonObject
) -> JsonObject | None:
    """Return how the customer has accepted the mandate. Raise where there has to be one."""
    accepted = command.mandate_data or command.inferred_mandate_data
    if TYPES[payment_method.type].mandate:
        if accepted is None and command.mandate is None:
            raise errors.MandateDataMissing(payment_method.type)
        return accepted
    if makes_e_mandate(payment_method.type, payment_method.details, options):
        return accepted or ACCEPTED_AT_THE_BANK
    return command.mandate_data

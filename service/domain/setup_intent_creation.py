"""How a SetupIntent begins."""

from service.domain import errors
from service.domain.commands.setup_intent import Create
from service.domain.events import SetupIntentCreated
from service.domain.offered_types import Wanted, automatic, named_types, offered, ways
from service.domain.patches import merged_metadata
from service.domain.suitability import refuse_unsuitable
from service.domain.values import JsonObject, Status


def created(command: Create) -> SetupIntentCreated:
    """Return the first event of a SetupIntent. Raise `Refused` where it cannot begin so."""
    methods = automatic(
        command.automatic_payment_methods,
        named=bool(command.payment_method_types or command.allowed_payment_method_types),
    )
    types = _types(command, methods)
    payment_method = command.payment_method
    if command.attach_to_self and command.customer:
        raise errors.CustomerBesideSelf
    if payment_method:
        refuse_unsuitable(payment_method, command.customer, types)
    return SetupIntentCreated(
        setup_intent_id=command.setup_intent_id,
        at=command.at,
        account=command.owner.account,
        livemode=command.owner.livemode,
        status=(Status.REQUIRES_CONFIRMATION if payment_method else Status.REQUIRES_PAYMENT_METHOD),
        usage=command.usage,
        payment_method_types=types,
        customer=command.customer,
        customer_account=command.customer_account,
        payment_method=payment_method.id if payment_method else None,
        description=command.description,
        metadata=merged_metadata({}, command.metadata),
        allowed_payment_method_types=command.allowed_payment_method_types,
        excluded_payment_method_types=command.excluded_payment_method_types,
        automatic_payment_methods=methods,
        payment_method_configuration=command.payment_method_configuration,
        payment_method_options=command.payment_method_options,
        flow_directions=command.flow_directions,
        attach_to_self=command.attach_to_self,
        on_behalf_of=command.on_behalf_of,
        application=command.application,
        single_use=command.single_use,
    )


def _types(command: Create, automatic_payment_methods: JsonObject | None) -> tuple[str, ...]:
    named = command.payment_method_types
    if named:
        return named_types(named, command.single_use, command.excluded_payment_method_types)
    return offered(
        Wanted(
            allowed=command.allowed_payment_method_types,
            excluded=command.excluded_payment_method_types,
            enabled=command.enabled,
            single_use=command.single_use is not None,
            **ways(automatic_payment_methods),
        )
    )

"""
How a SetupIntent is shown that was just created.

Most events of a log create one, so a rebuild makes more of these views than of anything else.
"""

from collections.abc import Mapping
from typing import Any, Final

from projections.view import View, listed, ordered
from service.domain.events import SetupIntentCreated
from service.reveal import marker

# What a new one shows unless its event says otherwise, with all keys in their order. A copy
# that is written over costs half of what a dict of so many keys does, which grows on the way.
_NEW: Final[View] = {
    "id": None,
    "object": "setup_intent",
    "allowed_payment_method_types": None,
    "application": None,
    "automatic_payment_methods": None,
    "cancellation_reason": None,
    "client_secret": None,
    "created": None,
    "customer": None,
    "customer_account": None,
    "description": None,
    "excluded_payment_method_types": None,
    "flow_directions": None,
    "last_setup_error": None,
    "latest_attempt": None,
    "livemode": None,
    "managed_payments": {"enabled": False},
    "mandate": None,
    "metadata": None,
    "next_action": None,
    "on_behalf_of": None,
    "payment_method": None,
    "payment_method_configuration_details": None,
    "payment_method_options": None,
    "payment_method_types": None,
    "single_use_mandate": None,
    "status": None,
    "usage": None,
}


def created(event: SetupIntentCreated) -> View:
    """Return what is shown once *event* has happened."""
    shown = _NEW.copy()
    shown["id"] = event.setup_intent_id
    shown["allowed_payment_method_types"] = listed(event.allowed_payment_method_types)
    shown["application"] = event.application
    shown["automatic_payment_methods"] = event.automatic_payment_methods
    shown["client_secret"] = marker(event.setup_intent_id)
    shown["created"] = event.at
    shown["customer"] = event.customer
    shown["customer_account"] = event.customer_account
    shown["description"] = event.description
    shown["excluded_payment_method_types"] = listed(event.excluded_payment_method_types)
    shown["flow_directions"] = listed(event.flow_directions)
    shown["livemode"] = event.livemode
    shown["metadata"] = event.metadata
    shown["on_behalf_of"] = event.on_behalf_of
    shown["payment_method"] = event.payment_method
    shown["payment_method_configuration_details"] = configuration(
        event.payment_method_configuration
    )
    shown["payment_method_options"] = event.payment_method_options
    shown["payment_method_types"] = list(event.payment_method_types)
    shown["status"] = event.status.value
    shown["usage"] = event.usage
    if event.attach_to_self is None:
        return shown
    return ordered({**shown, "attach_to_self": event.attach_to_self})


def configuration(configuration: str | None) -> Mapping[str, Any] | None:
    """Return how a *configuration* is shown, named or not."""
    return None if configuration is None else {"id": configuration, "parent": None}

"""How a customer accepted a mandate in person, read off the request where it does not say."""

from service.api.call import Call
from service.commands.confirmation import Confirmation
from service.domain.values import JsonObject, replace


def accepted(call: Call, mandate_data: JsonObject | None) -> JsonObject | None:
    """Return *mandate_data* from a page with what it leaves out; None stays None."""
    if mandate_data is None:
        return None
    given = mandate_data["customer_acceptance"]
    told = given.get("online") or {}
    online = {
        "ip_address": told.get("ip_address") or call.request.remote,
        "user_agent": told.get("user_agent") or call.request.headers.get("User-Agent"),
    }
    return {"customer_acceptance": {**given, "online": online, "type": "online"}}


def in_person(call: Call, confirmation: Confirmation) -> Confirmation:
    """
    Return *confirmation* with what the request tells of the customer who sent it.

    Only a publishable key comes from a customer's own browser.
    """
    if not call.is_publishable:
        return confirmation
    return replace(
        confirmation,
        mandate_data=accepted(call, confirmation.mandate_data),
        inferred_mandate_data=accepted(call, {"customer_acceptance": {}}),
    )

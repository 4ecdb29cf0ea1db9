"""How a customer accepted a mandate: from what a request says to what the mandate shows."""

from service.domain.values import JsonObject


def acceptance(mandate_data: JsonObject, at: int) -> JsonObject:
    """Return the `customer_acceptance` that *mandate_data* means, given now *at*."""
    given = mandate_data["customer_acceptance"]
    shown = {"accepted_at": given.get("accepted_at", at), "type": given["type"]}
    if given["type"] == "offline":
        shown["offline"] = {}
    else:
        online = given.get("online") or {}
        shown["online"] = {name: online.get(name) for name in ("ip_address", "user_agent")}
    return dict(sorted(shown.items()))

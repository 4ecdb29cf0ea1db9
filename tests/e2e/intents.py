"""SetupIntents brought into each status over HTTP, and the page that authenticates."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.e2e.client import Answer, Api
from tests.e2e.visiting import visit

INTENTS: Final = "/v1/setup_intents"
CARD: Final[Mapping[str, Any]] = {"payment_method_types": ["card"]}
CHALLENGED: Final = "pm_card_threeDSecure2Required"

Intent = dict[str, Any]


def saved(api: Api, **given: Any) -> Intent:
    """Make an intent that succeeds at once."""
    form = {**CARD, "payment_method": "pm_card_visa", "confirm": True, **given}
    return api.post(INTENTS, form).object


def challenged(api: Api, **given: Any) -> Intent:
    """Make an intent that waits for its customer to authenticate."""
    intent = saved(api, **{"payment_method": CHALLENGED, **given})
    assert intent["status"] == "requires_action"
    return intent


def canceled(api: Api, **given: Any) -> Intent:
    """Make an intent that is given up."""
    intent = api.post(INTENTS, {**CARD, **given}).object
    return api.post(f"{INTENTS}/{intent['id']}/cancel").object


def processing(api: Api) -> Intent:
    """Make an intent whose bank never answers."""
    bank = {"account_number": "000000000009", "routing_number": "110000000"}
    form = {
        "allowed_payment_method_types": ["us_bank_account"],
        "confirm": True,
        "mandate_data": {"customer_acceptance": {"type": "offline"}},
        "payment_method_data": {
            "type": "us_bank_account",
            "billing_details": {"name": "Jenny Rosen"},
            "us_bank_account": {**bank, "account_holder_type": "individual"},
        },
    }
    waiting = api.post(INTENTS, form).object
    return api.post(path_of(waiting, "/verify_microdeposits"), {"amounts": [32, 45]}).object


# How to bring an intent into each status.
IN_STATUS: Final[Mapping[str, Callable[[Api], Intent]]] = {
    "requires_payment_method": lambda api: api.post(INTENTS, CARD).object,
    "requires_confirmation": lambda api: (
        api.post(INTENTS, {**CARD, "payment_method": "pm_card_visa"}).object
    ),
    "requires_action": challenged,
    "succeeded": saved,
    "canceled": lambda api: canceled(api, payment_method="pm_card_visa"),
    "processing": processing,
}


def path_of(intent: Intent, operation: str = "") -> str:
    return f"{INTENTS}/{intent['id']}{operation}"


def confirm(api: Api, intent: Intent, **form: Any) -> Answer:
    return api.post(path_of(intent, "/confirm"), form)


def reread(api: Api, intent: Intent) -> Intent:
    return api.get(path_of(intent)).object


def a_customer(api: Api, **form: Any) -> str:
    name: str = api.post("/v1/customers", form).object["id"]
    return name


def attached(api: Api, customer: str, card: str = "pm_card_visa") -> str:
    """Attach a new card to *customer* and return its id."""
    path = f"/v1/payment_methods/{card}/attach"
    name: str = api.post(path, {"customer": customer}).object["id"]
    return name


def authenticate(intent: Intent, result: str) -> tuple[int, str | None]:
    """Answer the page that *intent* waits for; return the status, and where it leads."""
    visited = visit(intent["next_action"]["redirect_to_url"]["url"], {"result": result})
    return visited.status, visited.location

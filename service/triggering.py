"""
Makes an event of a type happen, by doing to a running server what leads to one.

Nothing is pretended: customers and SetupIntents are made and changed as an application would,
so that what is told of them is what will be told of the application's own. Each recipe is a
few calls; what one of them makes is named in those after it, `{customer}`. No call depends on
the version that the account speaks.
"""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any, Final, NamedTuple

from service.calling import ApiRefused
from service.calling.client import Client

Form = Mapping[str, Any]


class Step(NamedTuple):
    """A POST of *form* to *path*, or a DELETE; a decline is an answer where one *is_declined*."""

    path: str
    form: Form | None = None
    is_delete: bool = False
    is_declined: bool = False


_INTENTS: Final = "/v1/setup_intents"
_AUTOMATIC: Final = {"automatic_payment_methods": {"enabled": True}}
_CONFIRM: Final = {**_AUTOMATIC, "confirm": True, "return_url": "https://example.com/back"}
_PERSON: Final = {"name": "Jenny Rosen", "email": "jenny@example.com"}
_TAX_ID: Final = {"type": "eu_vat", "value": "DE123456789"}
_CUSTOMER: Final = Step("/v1/customers", _PERSON)
_ATTACH: Final = Step("/v1/payment_methods/pm_card_visa/attach", {"customer": "{customer}"})
_DETACH: Final = Step("/v1/payment_methods/{payment_method}/detach")
_DEBIT: Final = {
    "type": "sepa_debit",
    "sepa_debit": {"iban": "DE89370400440532013000"},
    "billing_details": _PERSON,
}
_MANDATE: Final = {"customer_acceptance": {"type": "offline"}}


def _confirmed(method: str, *, is_declined: bool = False) -> Step:
    return Step(_INTENTS, {**_CONFIRM, "payment_method": method}, is_declined=is_declined)


RECIPES: Final[Mapping[str, tuple[Step, ...]]] = {
    "setup_intent.created": (Step(_INTENTS, _AUTOMATIC),),
    "setup_intent.requires_action": (_confirmed("pm_card_authenticationRequired"),),
    "setup_intent.succeeded": (_confirmed("pm_card_visa"),),
    "setup_intent.setup_failed": (_confirmed("pm_card_chargeDeclined", is_declined=True),),
    "setup_intent.canceled": (
        Step(_INTENTS, _AUTOMATIC),
        Step(_INTENTS + "/{setup_intent}/cancel"),
    ),
    "payment_method.attached": (_CUSTOMER, _ATTACH),
    "payment_method.updated": (
        _CUSTOMER,
        _ATTACH,
        Step("/v1/payment_methods/{payment_method}", {"billing_details": _PERSON}),
    ),
    "payment_method.detached": (_CUSTOMER, _ATTACH, _DETACH),
    "mandate.updated": (
        _CUSTOMER,
        Step(
            _INTENTS,
            {
                **_CONFIRM,
                "customer": "{customer}",
                "payment_method_data": _DEBIT,
                "mandate_data": _MANDATE,
            },
        ),
        _DETACH,
    ),
    "customer.created": (_CUSTOMER,),
    "customer.updated": (_CUSTOMER, Step("/v1/customers/{customer}", {"name": "Jenny R."})),
    "customer.tax_id.created": (Step("/v1/customers", {**_PERSON, "tax_id_data": [_TAX_ID]}),),
    "customer.deleted": (_CUSTOMER, Step("/v1/customers/{customer}", is_delete=True)),
}


def trigger(client: Client, type_: str) -> dict[str, Any]:
    """Take the steps of the recipe for *type_*, and return the event that they led to."""
    made: dict[str, str] = {}
    key = f"trigger-{token_hex(8)}"
    for number, step in enumerate(RECIPES[type_]):
        _take(client, step, made, f"{key}-{number}")
    events = client.get("/v1/events", {"type": type_, "limit": 100})["data"]
    return next(each for each in events if _is_of(each, f"{key}-{number}", made))


def _is_of(event: dict[str, Any], key: str, made: Mapping[str, str]) -> bool:
    """Say whether *event* is of the call under *key*, or of what was *made*: a DELETE has none."""
    asked = event["request"]["idempotency_key"]
    return asked == key or (asked is None and event["data"]["object"]["id"] in made.values())


def _take(client: Client, step: Step, made: dict[str, str], key: str) -> None:
    """Take *step*, and note what it has *made* by its kind."""
    path = step.path.format(**made)
    if step.is_delete:
        client.delete(path)
        return
    form = {name: _filled(value, made) for name, value in (step.form or {}).items()}
    try:
        answer = client.post(path, form, Idempotency_Key=key)
    except ApiRefused as refusal:
        if not step.is_declined or refusal.code != "card_declined":
            raise
        return
    made[answer["object"]] = answer["id"]
    if isinstance(answer.get("payment_method"), str):
        made["payment_method"] = answer["payment_method"]


def _filled(value: Any, made: Mapping[str, str]) -> Any:
    return value.format(**made) if isinstance(value, str) else value

"""
The ids of objects that are there, and the document with them in the place of types.

A generator that knows nothing but types asks for objects that are not there, of versions
that never were. What it is given here has it reach what lies behind the first refusal.
"""

import copy
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tests.contract.likely import DEAF, DEPOSITED, FORMS, MANDATED, UNLIKELY, VALUES, Choices
from tests.e2e.client import Api
from tests.e2e.intents import IN_STATUS, INTENTS, a_customer, attached
from tests.e2e.replaying import DELIVERIES, started

Document = dict[str, Any]

# What a call is not to carry: it would be turned down before anything else is looked at.
_LEFT_OUT: Final = frozenset({"_stripe_version", "key", "Stripe-Account"})
_NONE: Final = ["none", "%2F", "\N{FOX FACE}"]
_PUBLISHED: Final = ["pm_card_visa", "pm_card_chargeDeclined", "pm_card_threeDSecure2Required"]


def populate(api: Api) -> Choices:
    """Make objects in every state, and return their ids by the names that they are sent under."""
    deaf = {"url": DEAF[0], "enabled_events": ["customer.created"]}
    told = [api.post("/v1/webhook_endpoints", deaf).object["id"] for _ in range(4)]
    customers = [a_customer(api, name=f"customer {at}") for at in range(20)]
    intents = [make(api)["id"] for make in IN_STATUS.values() for _ in range(6)]
    intents += [api.post(INTENTS, DEPOSITED).object["id"] for _ in range(10)]
    methods = [attached(api, customer) for customer in customers[:6]] + _PUBLISHED
    mandates = [api.post(INTENTS, MANDATED).object["mandate"] for _ in range(3)]
    hook = {"url": DEAF[0], "enabled_events": ["mandate.updated"]}
    living = {
        "account": [api.get("/v1/account").object["id"]],
        "configuration": _ids(api, "/v1/payment_method_configurations"),
        "confirmation_token": [
            api.post("/v1/test_helpers/confirmation_tokens", form).object["id"]
            for form in FORMS["ConfirmationTokenCreateParams"][:3]
        ],
        "customer": customers,
        "delivery": _ids(api, DELIVERIES),
        "endpoint": told,
        "event": _ids(api, "/v1/events"),
        "id": _ids(api, "/v1/events"),
        "intent": intents,
        "mandate": mandates,
        "payment_method": methods,
        "replay": [started(api, endpoint, dry_run=True)["id"] for endpoint in told],
        "setup_intent": intents,
        "starting_after": [*intents[:2], *customers[:2], *methods[:2]],
        "token": [api.post("/v1/tokens", FORMS["TokenCreateParams"][0]).object["id"], "tok_visa"],
        "webhook_endpoint": [api.post("/v1/webhook_endpoints", hook).object["id"] for _ in range(8)]
        + told[:1],
    }
    return {name: ids + _NONE for name, ids in living.items()}


def _ids(api: Api, path: str) -> list[str]:
    return [one["id"] for one in api.get(path, {"limit": 20}).object["data"]]


def likely(document: Document, living: Choices) -> Document:
    """Return *document* with whole forms, likely values and *living* ids for types."""
    document = with_choices(document, {**VALUES, **living}, without=UNLIKELY)
    schemas = document["components"]["schemas"]
    schemas.update({name: {"enum": forms} for name, forms in FORMS.items()})
    return document


def only(document: Document, choices: Choices) -> Document:
    """Return *document* with no optional parameters but those of *choices*."""
    schemas = document["components"]["schemas"]
    every = {name for form in _forms(document) for name in schemas[form].get("properties", ())}
    headers = document["components"]["parameters"].keys()
    return with_choices(document, choices, without=(every | headers) - choices.keys())


def with_choices(
    document: Document, choices: Choices, *, without: frozenset[str] = frozenset()
) -> Document:
    """
    Return *document* with *choices* in the place of the types of the parameters so named.

    It has no optional parameters *without*. Whatever the choices are, nobody far away is
    ever subscribed to anything.
    """
    document = copy.deepcopy(document)
    choices = {**choices, "url": DEAF}
    without |= _LEFT_OUT
    for item in document["paths"].values():
        for operation in item.values():
            operation["parameters"] = [
                _chosen(one, choices)
                for one in (_resolved(document, one) for one in operation["parameters"])
                if one["name"] not in without or one.get("required")
            ]
    for name in set(_forms(document)):
        form = document["components"]["schemas"][name]
        form["properties"] = {
            one: {"enum": choices[one]} if one in choices else schema
            for one, schema in form.get("properties", {}).items()
            if one not in without or one in form.get("required", ())
        }
    return document


def _resolved(document: Document, parameter: Document) -> Document:
    if "$ref" not in parameter:
        return parameter
    found: Document = document["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
    return found


def _chosen(parameter: Document, choices: Choices) -> Document:
    if parameter["name"] not in choices:
        return parameter
    return {**parameter, "schema": {"enum": choices[parameter["name"]]}}


def _forms(document: Document) -> Iterator[str]:
    """Tell the names of all schemas that requests are made of."""
    met: set[str] = set()
    left: list[Any] = [
        operation.get("requestBody")
        for item in document["paths"].values()
        for operation in item.values()
    ]
    while left:
        one = left.pop()
        if isinstance(one, list):
            left.extend(one)
        if not isinstance(one, Mapping):
            continue
        left.extend(one.values())
        name = str(one.get("$ref", "")).rpartition("/")[2]
        if name and name not in met:
            met.add(name)
            left.append(document["components"]["schemas"][name])
            yield name

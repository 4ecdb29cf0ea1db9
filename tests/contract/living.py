"""
Values that mean something to a server, and the document with them in the place of types.

A generator that knows nothing but types asks for objects that are not there, of versions
that never were. What it is given here has it reach what lies behind the first refusal.
"""

import copy
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tests.e2e.client import Api
from tests.e2e.intents import IN_STATUS, a_customer, attached

Document = dict[str, Any]
Choices = Mapping[str, list[Any]]

# Nobody listens there: what is subscribed in passing reaches nothing, and nothing far away.
_DEAF: Final = ["http://127.0.0.1:9/hook", "http://localhost:9/", "https://127.0.0.1:9/?a=b"]
LIKELY: Final[Choices] = {
    "Stripe-Version": ["2026-08-26.dahlia", "2026-10-28.endive", "2023-08-16", "2020-08-27"],
    "account_number": ["000123456789", "55779911", "00012345"],
    "account_holder_name": ["Jenny Rosen"],
    "allowed_payment_method_types": [["card"], ["card", "sepa_debit"], ""],
    "amounts": [["32", "45"], ["10", "11"], ["1", "2"]],
    "bsb_number": ["000000"],
    "client_secret": ["seti_1_secret_2"],
    "created": ["1", {"gte": "1", "lt": "4000000000"}],
    "currency": ["usd", "eur", "cad", "xxx"],
    "cvc": ["123"],
    "descriptor_code": ["SM11AA", "SM33CC"],
    "email": ["jenny@example.com"],
    "enabled_events": [["*"], ["setup_intent.succeeded", "customer.created"]],
    "exp_month": ["1", "12", "13"],
    "exp_year": ["2034", "34", "2019"],
    "expand": [[], ["customer"], ["payment_method"], ["latest_attempt"], ["data.customer"]],
    "iban": ["DE89370400440532013000", "AT611904300234573201"],
    "institution_number": ["000"],
    "limit": ["1", "3", "100", "-1"],
    "name": ["Jenny Rosen"],
    "number": ["4242424242424242", "4000000000000002", "4000002760003184", "1"],
    "payment_method_types": [["card"]],
    "return_url": ["https://shop.example/back?a=b"],
    "routing_number": ["110000000"],
    "sort_code": ["108800"],
    "token": ["tok_visa", "tok_chargeDeclined", "tok_none"],
    "transit_number": ["11000"],
    "url": _DEAF,
}
# What a call is not to carry: it would be turned down before anything else is looked at.
_LEFT_OUT: Final = frozenset({"_stripe_version", "key", "Stripe-Account"})
_NONE: Final = ["none", "%2F", "\N{FOX FACE}"]
_METHODS: Final = ["pm_card_visa", "pm_card_chargeDeclined", "pm_card_threeDSecure2Required"]


def populate(api: Api) -> Choices:
    """Make objects in every state, and return their ids by the names that they are sent under."""
    customers = [a_customer(api, name=f"customer {at}") for at in range(20)]
    intents = [make(api)["id"] for make in IN_STATUS.values() for _ in range(6)]
    methods = [attached(api, customer) for customer in customers[:6]] + _METHODS
    hook = {"url": _DEAF[0], "enabled_events": ["mandate.updated"]}
    endpoints = [api.post("/v1/webhook_endpoints", hook).object["id"] for _ in range(8)]
    events = [one["id"] for one in api.get("/v1/events", {"limit": 20}).object["data"]]
    cursors = [*intents[:2], *customers[:2], *methods[:2], *events[:2], *endpoints[:2]]
    living = {
        "customer": customers,
        "default_payment_method": methods,
        "ending_before": cursors,
        "id": events,
        "intent": intents,
        "payment_method": methods,
        "setup_intent": intents,
        "starting_after": cursors,
        "webhook_endpoint": endpoints,
    }
    return {name: ids + _NONE for name, ids in living.items()}


def with_choices(document: Document, choices: Choices, *, only: bool = False) -> Document:
    """
    Return *document* with *choices* in the place of the types of the parameters so named.

    With *only*, it has no other optional parameters. Whatever the choices are, nobody far
    away is ever subscribed to anything.
    """
    document = copy.deepcopy(document)
    choices = {**choices, "url": _DEAF}
    components = document["components"]
    for item in document["paths"].values():
        for operation in item.values():
            operation["parameters"] = [
                _chosen(one, choices)
                for one in (_resolved(document, one) for one in operation["parameters"])
                if _is_kept(one, choices, only=only)
            ]
    for name in set(_forms(document)):
        properties = components["schemas"][name].get("properties", {})
        components["schemas"][name]["properties"] = {
            one: {"enum": choices[one]} if one in choices else schema
            for one, schema in properties.items()
            if one not in _LEFT_OUT and (one in choices or not only)
        }
    return document


def _is_kept(parameter: Document, choices: Choices, *, only: bool) -> bool:
    name = parameter["name"]
    return name not in _LEFT_OUT and (
        not only or name in choices or parameter.get("required", False)
    )


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

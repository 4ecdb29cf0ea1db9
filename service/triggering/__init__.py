"""
Makes an event of a type happen, by doing to a running server what leads to one.

Nothing is pretended: customers and SetupIntents are made and changed as an application would,
so that what is told of them is what will be told of the application's own. `recipes` says what
leads to what, and `choosing` what a developer would have otherwise.
"""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from service.calling import ApiRefused
from service.calling.client import Client
from service.triggering.choosing import NO_CHOICES, BadChoice, Choices, chosen
from service.triggering.recipes import RECIPES, Step

__all__ = ["RECIPES", "BadChoice", "Choices", "DidNotHappen", "trigger"]


class DidNotHappen(Exception):
    """Every call was taken, and none of them led to the event: what was chosen kept it away."""

    def __init__(self, type_: str) -> None:
        super().__init__(
            f"no {type_} has happened: with the parameters that were chosen, nothing led to it."
        )


def trigger(client: Client, type_: str, choices: Choices = NO_CHOICES) -> dict[str, Any]:
    """
    Take the steps of the recipe for *type_*, and return the event that they led to.

    Raise `BadChoice` before anything is made where what is chosen cannot be.
    """
    made: dict[str, str] = {}
    key = f"trigger-{token_hex(8)}"
    for number, step in enumerate(chosen(RECIPES[type_], choices)):
        try:
            path = step.path.format(**made)
        except KeyError:
            raise DidNotHappen(type_) from None
        _take(client, step, path, made, f"{key}-{number}")
    events = client.get("/v1/events", {"type": type_, "limit": 100})["data"]
    for event in events:
        if _is_of(event, f"{key}-{number}", made):
            return dict(event)
    raise DidNotHappen(type_)


def _is_of(event: dict[str, Any], key: str, made: Mapping[str, str]) -> bool:
    """Say whether *event* is of the call under *key*, or of what was *made*: a DELETE has none."""
    asked = event["request"]["idempotency_key"]
    return asked == key or (asked is None and event["data"]["object"]["id"] in made.values())


def _take(client: Client, step: Step, path: str, made: dict[str, str], key: str) -> None:
    """Take *step* at *path*, and note what it has *made* by its kind."""
    if step.is_delete:
        client.delete(path)
        return
    named = {f"{{{kind}}}": name for kind, name in made.items()}
    form = {
        name: named.get(value, value) if isinstance(value, str) else value
        for name, value in step.form.items()
    }
    try:
        answer = client.post(path, form, Idempotency_Key=key)
    except ApiRefused as refusal:
        if not step.is_declined or refusal.code != "card_declined":
            raise
        return
    made[answer["object"]] = answer["id"]
    method = answer.get("payment_method")
    if method:
        made["payment_method"] = method if isinstance(method, str) else method["id"]

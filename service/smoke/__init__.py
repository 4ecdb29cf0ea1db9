"""
Exercises a running server from outside, the way an application would.

It subscribes a receiver of its own, saves a card, waits for the news, checks the signature,
and prints each step with the time it took. It calls as every command does (`calling`), and
checks with the standard library: what it proves should not rest on the code that it tests.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from rich.console import Console
from rich.table import Table

from service.calling import ApiRefused, Unreachable
from service.calling.client import Client
from service.smoke.receiver import Receiver, SmokeFailed

__all__ = ["SmokeFailed", "run"]


class Trail:
    """The steps taken so far, each with what came of it and its duration."""

    def __init__(self) -> None:
        self._table = Table("step", "came to", "ms")

    def step(self, name: str, act: Callable[[], Any], show: Callable[[Any], str]) -> Any:
        """Do *act*, note it under *name* as *show* puts it, and return what it returned."""
        started = time.perf_counter()
        try:
            came_to = act()
        except (SmokeFailed, ApiRefused) as failure:
            raise SmokeFailed(f"{name}: {failure}") from None
        took_ms = (time.perf_counter() - started) * 1000
        self._table.add_row(name, show(came_to), f"{took_ms:.1f}")
        return came_to

    def print(self) -> None:
        Console().print(self._table)


def run(client: Client) -> None:
    """Exercise the server that *client* calls and print the trail, or raise `SmokeFailed`."""
    trail = Trail()
    with Receiver() as receiver:
        endpoint = trail.step("subscribe", lambda: _subscribe(client, receiver.url), _its_id)
        try:
            _save_a_card(client, trail, receiver, endpoint["secret"])
        finally:
            # What went wrong before is what matters.
            with suppress(ApiRefused, Unreachable):
                client.delete(f"/v1/webhook_endpoints/{endpoint['id']}")
    trail.print()


def _save_a_card(client: Client, trail: Trail, receiver: Receiver, secret: str) -> None:
    customer = trail.step("customer", lambda: client.post("/v1/customers"), _its_id)
    asked = {
        "customer": customer["id"],
        "payment_method": "pm_card_visa",
        "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
    }
    intent = trail.step("create", lambda: client.post("/v1/setup_intents", asked), _its_status)
    path = f"/v1/setup_intents/{intent['id']}"
    trail.step("confirm", lambda: client.post(f"{path}/confirm"), _its_status)
    trail.step("retrieve", lambda: _succeeded(client.get(path)), _its_status)
    trail.step("delivery", lambda: receiver.wait_for(intent["id"], secret), _its_type)


def _subscribe(client: Client, url: str) -> dict[str, Any]:
    asked = {"url": url, "enabled_events": ["setup_intent.succeeded"]}
    return client.post("/v1/webhook_endpoints", asked)


def _succeeded(intent: dict[str, Any]) -> dict[str, Any]:
    if intent["status"] != "succeeded":
        raise SmokeFailed(f"{intent['id']} is {intent['status']}, not succeeded")
    return intent


def _its_id(shown: dict[str, Any]) -> str:
    return str(shown["id"])


def _its_status(shown: dict[str, Any]) -> str:
    return f"{shown['id']} {shown['status']}"


def _its_type(event: dict[str, Any]) -> str:
    return f"{event['id']} {event['type']}"

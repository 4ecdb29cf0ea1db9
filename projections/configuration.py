"""A payment method configuration as it is shown: a pure fold of its stream."""

from collections.abc import Mapping
from typing import Any, assert_never

from projections.view import View, ordered
from service.domain.configured_methods import METHODS, is_available, is_on
from service.domain.events import ConfigurationCreated, ConfigurationEvent, ConfigurationUpdated


def step(current: View, event: ConfigurationEvent) -> View:
    """Return *current* as it is after *event*, as a new view."""
    match event:
        case ConfigurationCreated():
            return _created(event)
        case ConfigurationUpdated(changed=changed):
            preferences = changed.get("preferences", {})
            plain = {name: value for name, value in changed.items() if name != "preferences"}
            return {**current, **plain, **_methods(preferences, preferences)}
        case _:
            assert_never(event)


def _created(event: ConfigurationCreated) -> View:
    shown = {
        "id": event.configuration_id,
        "object": "payment_method_configuration",
        "active": True,
        "application": None,
        "is_default": event.is_default,
        "livemode": event.livemode,
        "name": event.name,
        "parent": None,
    }
    return ordered({**shown, **_methods(METHODS, event.preferences)})


def _methods(shown: Any, preferences: Mapping[str, str]) -> View:
    """Return each of the methods *shown*, as it is preferred and what comes of it."""
    return {
        method: {
            "available": is_available(method, preferences),
            "display_preference": {
                "overridable": None,
                "preference": preferences.get(method, "none"),
                "value": "on" if is_on(method, preferences) else "off",
            },
        }
        for method in shown
    }
